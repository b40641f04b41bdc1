/** The import file, strictly read; secrets by reference. */
@NullMarked
package io.dynaload.config;

import org.jspecify.annotations.NullMarked;
