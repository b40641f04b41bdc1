/**
 * Watches imports on a cluster of EMR from anywhere: by the APIs of EMR, CloudWatch and DynamoDB,
 * and by YARN's and Flink's where they can be reached.
 */
@NullMarked
package io.dynaload.emr.monitor;

import org.jspecify.annotations.NullMarked;
