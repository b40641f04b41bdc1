/**
 * The bytes of files as items: one record after another, each at a place that reading can go on
 * from. Knows nothing of where the files are, of how they are compressed, and of Flink.
 */
@NullMarked
package io.dynaload.source.format;

import org.jspecify.annotations.NullMarked;
