package io.dynaload.cloudwatch;

import java.util.List;

/** Where figures are published. */
interface MetricSink extends AutoCloseable {
  /**
   * Publishes all of them or none.
   *
   * @throws RuntimeException if that cannot be done now
   */
  void put(List<Figure> figures);

  @Override
  void close();
}
