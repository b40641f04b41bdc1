/** The one exception that every stage ends with, and its codes. */
@NullMarked
package io.dynaload.error;

import org.jspecify.annotations.NullMarked;
