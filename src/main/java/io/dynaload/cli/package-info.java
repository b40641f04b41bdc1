/** The command line. */
@NullMarked
package io.dynaload.cli;

import org.jspecify.annotations.NullMarked;
