package io.dynaload.local;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sees the JDK, the jars of the embedded Lindorm server, and of our own classes only those of the
 * server's package; no configuration of logging and no service of the application.
 */
final class ServerClassLoader extends URLClassLoader {
  static final String PACKAGE = "io.dynaload.local.lindormserver.";

  /**
   * Avatica's jar forgot to call itself a multi-release one, so that this class would be taken in
   * the form for Java 8, which writes a warning to stdout.
   */
  private static final String STACK_LOCATOR = "org.apache.logging.log4j.util.StackLocator";

  static {
    registerAsParallelCapable();
  }

  private ServerClassLoader(URL[] jars) {
    super("lindorm-server", jars, ClassLoader.getPlatformClassLoader());
  }

  /** Over {@code target/lindorm-server/*.jar} in the project's folder ({@code dynaload.home}). */
  static ServerClassLoader create() {
    File folder = new File(System.getProperty("dynaload.home", "."), "target/lindorm-server");
    File[] jars = folder.listFiles((dir, name) -> name.endsWith(".jar"));
    if (jars == null || jars.length == 0) {
      throw new ImportException(
          ErrorCode.INTERNAL,
          "The embedded Lindorm server's jars are missing from " + folder.getAbsolutePath(),
          "Build the project with ./run.sh, or name its folder with -Ddynaload.home.");
    }
    return new ServerClassLoader(
        Arrays.stream(jars).map(ServerClassLoader::url).toArray(URL[]::new));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    if (name.startsWith(PACKAGE)) {
      return define(name, ServerClassLoader.class.getClassLoader().getResourceAsStream(path));
    }
    if (name.equals(STACK_LOCATOR)) {
      return define(name, getResourceAsStream("META-INF/versions/9/" + path));
    }
    return super.findClass(name);
  }

  private Class<?> define(String name, @Nullable InputStream from) throws ClassNotFoundException {
    try (InputStream in = from) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
