/** What runs Dynaload on Amazon EMR: the template of its stack, and the cluster's configuration. */
@NullMarked
package io.dynaload.emr;

import org.jspecify.annotations.NullMarked;
