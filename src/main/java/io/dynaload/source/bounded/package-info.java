/**
 * The enumerator and reader that split-wise sources share, bounded ones above all. Knows no
 * connector.
 */
@NullMarked
package io.dynaload.source.bounded;

import org.jspecify.annotations.NullMarked;
