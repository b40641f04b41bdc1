package io.dynaload.source.lindorm;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a class or resource from its own jars before it asks its parent, so that a driver in them
 * replaces the one that the parent has. Java's own classes and the logging interface stay those of
 * the parent. Thread-safe.
 */
final class ChildFirstLoader extends URLClassLoader {
  private static final List<String> PARENT_FIRST =
      List.of(
          "java.", "javax.", "jdk.", "sun.", "org.slf4j.", "org.apache.logging.", "io.dynaload.");

  static {
    registerAsParallelCapable();
  }

  ChildFirstLoader(URL[] jars, ClassLoader parent) {
    super("jdbc-driver", jars, parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (PARENT_FIRST.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        try {
          loaded = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    for (URL inherited : Collections.list(getParent().getResources(name))) {
      if (!all.contains(inherited)) {
        all.add(inherited);
      }
    }
    return Collections.enumeration(all);
  }
}
