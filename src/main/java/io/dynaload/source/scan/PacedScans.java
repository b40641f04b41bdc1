package io.dynaload.source.scan;

import io.dynaload.capacity.ActionThread;
import io.dynaload.capacity.Budget;
import io.dynaload.item.InvalidItemException;
import io.dynaload.wire.Backoff;
import io.dynaload.wire.ErrorBody;
import io.dynaload.wire.Failure;
import io.dynaload.wire.SignedCalls;

/**
 * Reads pages of one table at the rate that its budget allows, and again where that failed: each
 * page is charged beforehand by what it is likely to cost, and corrected by what it did cost.
 *
 * <p>Lives in its {@link ActionThread} alone and never waits.
 */
final class PacedScans {
  private final ScanService service;
  private final Budget budget;
  private final Backoff backoff;
  private final Patience patience;
  private final ActionThread thread;
  private final ReadCosts costs;
  private final AnswerParser parser = new AnswerParser();
  private double unitsRead;

  /** Who waits for a page; called in the thread. */
  interface Receiver {
    /** Whether the page is still of use; if not, nothing more is done for it. */
    boolean isWanted();

    void read(ScanAnswer answer);

    /** It cannot be read; the last that is heard of it. */
    void failed(RuntimeException failure);
  }

  /**
   * A page to read.
   *
   * @param unit where its items come from
   * @param total segments that the table is cut into
   */
  record Request(ScanBody body, String unit, Segment segment, int total) {}

  private record Fetch(Request request, Receiver receiver) {}

  /**
   * A call for a page.
   *
   * @param failures of the calls before it
   * @param pause before it, nanoseconds
   */
  private record Try(int failures, long pause) {
    static final Try FIRST = new Try(0, 0);
  }

  PacedScans(
      ScanService service,
      Budget budget,
      Backoff backoff,
      Patience patience,
      ReadCosts costs,
      ActionThread thread) {
    this.service = service;
    this.budget = budget;
    this.backoff = backoff;
    this.patience = patience;
    this.costs = costs;
    this.thread = thread;
  }

  /** Reads a page, as soon as it may. */
  void read(Request request, Receiver receiver) {
    attempt(new Fetch(request, receiver), Try.FIRST);
  }

  /** Read units of all pages so far. */
  double unitsRead() {
    return unitsRead;
  }

  private void attempt(Fetch fetch, Try attempt) {
    if (!fetch.receiver().isWanted()) {
      return;
    }
    int limit = costs.items(budget.limit());
    long units = costs.units(limit);
    if (!budget.tryTake(units, () -> attempt(fetch, attempt))) {
      return;
    }
    Request request = fetch.request();
    byte[] body =
        request
            .body()
            .page(request.segment().number(), request.total(), request.segment().position(), limit);
    service.scan(body, new Answered(fetch, units, attempt));
  }

  private final class Answered implements SignedCalls.Receiver {
    private final Fetch fetch;
    private final long units;
    private final Try attempt;
    private final long sentAt = thread.nanoTime();

    Answered(Fetch fetch, long units, Try attempt) {
      this.fetch = fetch;
      this.units = units;
      this.attempt = attempt;
    }

    @Override
    public void answered(int status, byte[] body, SignedCalls.Judge judge) {
      if (status == 200) {
        thread.execute(() -> succeeded(body));
      } else {
        judge.judge(ErrorBody.read(status, body), this::failed);
      }
    }

    @Override
    public void failed(Failure failure) {
      thread.execute(() -> refused(failure));
    }

    private void succeeded(byte[] body) {
      Request request = fetch.request();
      ScanAnswer answer;
      try {
        answer = parser.parse(body, request.unit(), request.segment().items());
      } catch (InvalidItemException e) {
        refused(Failure.garbled("an answer that cannot be read: " + e.problem()));
        return;
      }
      if (answer.tellsUnits()) {
        budget.settle(units, answer.units());
        costs.learn(answer.scanned(), answer.units());
        unitsRead += answer.units();
      } else {
        budget.unsettled(units);
      }
      patience.succeeded();
      fetch.receiver().read(answer);
    }

    private void refused(Failure failure) {
      if (failure.kind() == Failure.Kind.THROTTLED) {
        budget.settle(units, 0);
        budget.throttled(units);
      } else {
        budget.unsettled(units); // It may have been read nevertheless.
      }
      try {
        patience.failed(failure, attempt.pause() + thread.nanoTime() - sentAt);
      } catch (RuntimeException e) {
        fetch.receiver().failed(e);
        return;
      }
      int failures = attempt.failures() + 1;
      long pause = backoff.nanos(failures);
      thread.schedule(pause, () -> attempt(fetch, new Try(failures, pause)));
    }
  }
}
