/** Calls of DynamoDB as bytes: signed, sent, and what goes wrong with them classified. */
@NullMarked
package io.dynaload.wire;

import org.jspecify.annotations.NullMarked;
