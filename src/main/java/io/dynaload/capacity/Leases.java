package io.dynaload.capacity;

import java.util.concurrent.CompletableFuture;

/** Where subtasks ask for units. */
public interface Leases {
  /** Asks; the future ends within seconds, in any thread, or fails if nobody can be reached. */
  CompletableFuture<Lease> ask(LeaseRequest request);
}
