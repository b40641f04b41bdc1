package io.dynaload.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Sees the JDK, the jars of the embedded Lindorm server, and of our own classes only those of the
 * server's package; no configuration of logging and no service of the application.
 */
final class ServerClassLoader extends URLClassLoader {
  static final String PACKAGE = "io.dynaload.local.lindormserver.";

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
      throw new IllegalStateException(
          "The embedded Lindorm server's jars are missing from " + folder.getAbsolutePath());
    }
    return new ServerClassLoader(
        Arrays.stream(jars).map(ServerClassLoader::url).toArray(URL[]::new));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.findClass(name);
    }
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = ServerClassLoader.class.getClassLoader().getResourceAsStream(resource)) {
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
