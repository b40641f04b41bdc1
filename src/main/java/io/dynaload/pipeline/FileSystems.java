package io.dynaload.pipeline;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Makes {@code s3://} known to Flink: its plugins are where FLINK_PLUGINS_DIR says. Where Dynaload
 * is a job's jar, in a class loader apart from Flink's, the process is Flink's own, which has set
 * up its file systems by its own configuration: on EMR {@code s3://} is Hadoop's.
 */
final class FileSystems {
  private FileSystems() {}

  /** Once for the process, at the first call. */
  static void load() {
    Loaded.ONCE.run();
  }

  /** A folder as the file names it; without a scheme it is a local one. */
  static Path path(String directory) {
    load();
    boolean hasScheme = directory.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    return hasScheme
        ? new Path(directory)
        : new Path("file:" + java.nio.file.Path.of(directory).toAbsolutePath().normalize());
  }

  /** Whether files of it are there once they are whole, and renamed only by copying them. */
  static boolean isObjectStore(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme != null && scheme.startsWith("s3");
  }

  /** S3 in another place than AWS; the variables are those of the AWS SDKs and tools. */
  private static Optional<String> s3Endpoint() {
    return Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
        .map(System::getenv)
        .filter(url -> url != null && !url.isBlank())
        .findFirst();
  }

  private static final class Loaded {
    static final Runnable ONCE = loaded();

    private static Runnable loaded() {
      if (FileSystems.class.getClassLoader() != FileSystem.class.getClassLoader()) {
        return () -> {};
      }
      Configuration flink = new Configuration();
      s3Endpoint()
          .ifPresent(
              endpoint -> {
                flink.setString("s3.endpoint", endpoint);
                flink.setString("s3.path.style.access", "true");
              });
      FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
      return () -> {};
    }
  }
}
