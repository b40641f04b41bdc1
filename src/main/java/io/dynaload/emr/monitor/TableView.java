package io.dynaload.emr.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The target table.
 *
 * @param state empty if DynamoDB tells nothing of it
 * @param items as DynamoDB counts them every six hours, about
 * @param writeUnits provisioned, a second; 0 if it is on-demand
 * @param consumed write units a second, of the newest whole minute; null if none is known
 * @param refused writes in the newest minute; null if none is known
 */
record TableView(
    String name,
    String state,
    long items,
    long writeUnits,
    @Nullable Point consumed,
    @Nullable Point refused) {}
