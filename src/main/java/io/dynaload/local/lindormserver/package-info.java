/**
 * The server's side of the embedded Lindorm: Avatica's server over H2, with the statements refused
 * that LindormTable refuses. Runs only in the class loader that {@link
 * io.dynaload.local.EmbeddedLindorm} builds for it, because Lindorm's driver carries another
 * version of Avatica: nothing outside of this package may name its classes, and only types of the
 * JDK cross the border.
 */
@NullMarked
package io.dynaload.local.lindormserver;

import org.jspecify.annotations.NullMarked;
