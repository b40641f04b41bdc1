/**
 * The dead letters: items that cannot be written, kept with the reason, so that they can be looked
 * at, mended and replayed; and how many of them a run may have.
 */
@NullMarked
package io.dynaload.deadletter;

import org.jspecify.annotations.NullMarked;
