/**
 * Dynaload loads data into Amazon DynamoDB as an Apache Flink job. The packages are the stages that
 * an item passes: source, rebalance, transform, sink; pipeline wires them, cli runs them.
 */
@NullMarked
package io.dynaload;

import org.jspecify.annotations.NullMarked;
