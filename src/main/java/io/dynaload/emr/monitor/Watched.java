package io.dynaload.emr.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What is watched.
 *
 * @param step the id of one step; null for those that run, or the newest
 * @param flinkUrl where Flink's REST API answers; null to ask YARN on the primary node for it
 * @param items how many the table is to have at the end; 0 if that is not known
 */
record Watched(
    String cluster,
    String table,
    String region,
    @Nullable String step,
    @Nullable String flinkUrl,
    long items) {}
