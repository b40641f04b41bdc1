package io.dynaload.source.lindorm;

/**
 * A column of a table's primary key.
 *
 * @param descending whether the table stores the rows in descending order of it
 */
record KeyColumn(String name, ColumnType type, boolean descending) {}
