/** The few HTTP that the sink speaks: small POSTs to one endpoint, many of them. */
@NullMarked
package io.dynaload.sink.http;

import org.jspecify.annotations.NullMarked;
