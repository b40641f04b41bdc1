package io.dynaload.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** One metric's value at one moment. */
record Figure(String name, double value, StandardUnit unit) {}
