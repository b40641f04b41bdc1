/**
 * A DynamoDB in memory for tests: tables, capacity and faults as a model on a test's own clock, and
 * an HTTP server over it.
 */
@NullMarked
package io.dynaload.faulty;

import org.jspecify.annotations.NullMarked;
