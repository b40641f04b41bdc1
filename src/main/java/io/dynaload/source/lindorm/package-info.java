/** Reads a time range of a Lindorm table over JDBC. */
@NullMarked
package io.dynaload.source.lindorm;

import org.jspecify.annotations.NullMarked;
