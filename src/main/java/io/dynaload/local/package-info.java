/**
 * The embedded default: DynamoDB Local and a Lindorm-protocol server, for the demo and the tests.
 */
@NullMarked
package io.dynaload.local;

import org.jspecify.annotations.NullMarked;
