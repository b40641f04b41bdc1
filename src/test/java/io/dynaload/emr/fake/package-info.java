/** AWS's services as far as the deployment and the monitor use them, on this machine. */
@NullMarked
package io.dynaload.emr.fake;

import org.jspecify.annotations.NullMarked;
