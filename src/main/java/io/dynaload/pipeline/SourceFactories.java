package io.dynaload.pipeline;

import io.dynaload.source.SourceFactory;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The sources on the class path, by the {@code type} that names them. */
final class SourceFactories {
  private SourceFactories() {}

  /** All of them, in the order of their types. */
  static Map<String, SourceFactory> all() {
    Map<String, SourceFactory> byType = new TreeMap<>();
    ServiceLoader.load(SourceFactory.class, SourceFactories.class.getClassLoader())
        .forEach(factory -> byType.put(factory.type(), factory));
    return byType;
  }
}
