package io.dynaload.pipeline;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;

/** A client of a job that answers as a test has it; the last answer of a kind stays. */
final class ScriptedJob implements JobClient {
  private final JobID id = new JobID();
  private final Deque<CompletableFuture<JobExecutionResult>> results = new ArrayDeque<>();
  private final Deque<CompletableFuture<Map<String, Object>>> accumulators = new ArrayDeque<>();
  int resultsAsked;
  int accumulatorsAsked;

  @SafeVarargs
  final ScriptedJob results(CompletableFuture<JobExecutionResult>... inTurn) {
    results.addAll(Arrays.asList(inTurn));
    return this;
  }

  @SafeVarargs
  final ScriptedJob accumulators(CompletableFuture<Map<String, Object>>... inTurn) {
    accumulators.addAll(Arrays.asList(inTurn));
    return this;
  }

  private static <T> CompletableFuture<T> next(Deque<CompletableFuture<T>> answers) {
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  @Override
  public JobID getJobID() {
    return id;
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    resultsAsked++;
    return next(results);
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    accumulatorsAsked++;
    return next(accumulators);
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> cancel() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEnd, @Nullable String directory, SavepointFormatType format) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(
      @Nullable String directory, SavepointFormatType format) {
    throw new UnsupportedOperationException();
  }
}
