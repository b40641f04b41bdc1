/** Tests of the monitor. */
@NullMarked
package io.dynaload.emr.monitor;

import org.jspecify.annotations.NullMarked;
