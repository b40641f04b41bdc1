/**
 * Stage 4: writes items to a DynamoDB table, batched, asynchronous, at the write capacity that it
 * was given.
 */
@NullMarked
package io.dynaload.sink;

import org.jspecify.annotations.NullMarked;
