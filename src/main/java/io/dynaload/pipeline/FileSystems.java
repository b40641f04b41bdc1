package io.dynaload.pipeline;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Makes {@code s3://} known to Flink: its plugins are where FLINK_PLUGINS_DIR says. */
final class FileSystems {
  private FileSystems() {}

  /** Once for the process, at the first call. */
  static void load() {
    Loaded.ONCE.run();
  }

  private static final class Loaded {
    static final Runnable ONCE = loaded();

    private static Runnable loaded() {
      Configuration flink = new Configuration();
      FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
      return () -> {};
    }
  }
}
