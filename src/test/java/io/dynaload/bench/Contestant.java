package io.dynaload.bench;

/** One way of writing generated items, in this process, to a server that answers at once. */
interface Contestant {
  String name();

  /** Writes that many items, each of another key, and returns when all are answered. */
  void write(BenchItems items, int count) throws Exception;
}
