/** The programs behind the scripts in {@code bench/}. */
@NullMarked
package io.dynaload.bench;

import org.jspecify.annotations.NullMarked;
