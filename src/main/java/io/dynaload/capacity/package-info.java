/**
 * How much a job may use of a table: the limit, where it comes from, and how the subtasks share it.
 * Knows neither Flink's jobs nor a clock of its own.
 */
@NullMarked
package io.dynaload.capacity;

import org.jspecify.annotations.NullMarked;
