/** DynamoDB tables, read by a parallel Scan. */
@NullMarked
package io.dynaload.source.scan;

import org.jspecify.annotations.NullMarked;
