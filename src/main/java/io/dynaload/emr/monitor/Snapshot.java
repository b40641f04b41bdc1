package io.dynaload.emr.monitor;

import java.time.Instant;
import java.util.List;

/**
 * What is so at one moment.
 *
 * @param steps that are watched, the newest first
 * @param imports by name
 * @param notes what could not be read, and why
 */
record Snapshot(
    Instant at,
    Watched watched,
    ClusterView cluster,
    List<StepView> steps,
    List<ImportView> imports,
    TableView table,
    List<String> notes) {}
