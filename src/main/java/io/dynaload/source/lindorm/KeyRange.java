package io.dynaload.source.lindorm;

/**
 * A range of the first key column, by value whatever the column's order: {@code lower} belongs to
 * it, {@code upper} only if {@code upperInclusive}.
 */
record KeyRange(KeyValue lower, KeyValue upper, boolean upperInclusive) {}
