/**
 * How fast the sink may write: the limit, where it comes from, and how the subtasks share it. Knows
 * neither Flink nor a clock of its own.
 */
@NullMarked
package io.dynaload.sink.capacity;

import org.jspecify.annotations.NullMarked;
