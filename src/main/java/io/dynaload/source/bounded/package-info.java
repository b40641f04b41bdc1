/** The enumerator and reader that bounded, split-wise sources share. Knows no connector. */
@NullMarked
package io.dynaload.source.bounded;

import org.jspecify.annotations.NullMarked;
