/** The source of a replay: dead letters. It has no {@code type} of its own in an import file. */
@NullMarked
package io.dynaload.source.deadletter;

import org.jspecify.annotations.NullMarked;
