package io.dynaload.emr.monitor;

import java.time.Instant;

/**
 * A metric's value.
 *
 * @param at the beginning of the minute that it is of
 */
record Point(double value, Instant at) {}
