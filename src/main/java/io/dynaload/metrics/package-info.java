/** Every metric's name, once; the ledger; the run report. */
@NullMarked
package io.dynaload.metrics;

import org.jspecify.annotations.NullMarked;
