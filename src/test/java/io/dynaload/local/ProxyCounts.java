package io.dynaload.local;

import java.util.concurrent.atomic.AtomicLong;

/** What a {@link FaultyProxy} has done so far. Safe for use by many threads. */
final class ProxyCounts {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong cuts = new AtomicLong();
  final AtomicLong toServer = new AtomicLong();
  final AtomicLong toClient = new AtomicLong();
}
