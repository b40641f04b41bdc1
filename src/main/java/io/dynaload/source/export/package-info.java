/**
 * DynamoDB's exports to S3: native ones, full and incremental, and those of Data Pipeline and EMR.
 */
@NullMarked
package io.dynaload.source.export;

import org.jspecify.annotations.NullMarked;
