package io.dynaload.local;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the demo's table.
 *
 * @param temperature in degrees Celsius, in steps of 0.01
 * @param humidity in percent, two decimals
 * @param battery in percent
 */
public record Reading(
    Instant eventTime,
    String sensorId,
    double temperature,
    @Nullable BigDecimal humidity,
    int battery,
    boolean ok,
    @Nullable String note) {}
