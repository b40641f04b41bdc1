/** Amazon EMR: imports as YARN applications, under steps of a cluster. */
@NullMarked
package io.dynaload.emr;

import org.jspecify.annotations.NullMarked;
