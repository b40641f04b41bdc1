package io.dynaload.cloudwatch;

import org.jspecify.annotations.Nullable;

/**
 * Whose figures are published.
 *
 * @param importName as in its report
 * @param run the name of its folder among the checkpoints
 * @param cluster the id of the EMR cluster, {@code j-…}; null elsewhere
 */
public record PublishedRun(String importName, String run, @Nullable String cluster) {}
