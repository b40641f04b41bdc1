/** The few HTTP that is spoken to DynamoDB: POSTs to one endpoint, many of them. */
@NullMarked
package io.dynaload.wire.http;

import org.jspecify.annotations.NullMarked;
