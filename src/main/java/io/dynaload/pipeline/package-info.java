/** Wires the stages into a Flink job and runs it. */
@NullMarked
package io.dynaload.pipeline;

import org.jspecify.annotations.NullMarked;
