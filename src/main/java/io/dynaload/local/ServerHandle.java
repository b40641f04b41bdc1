package io.dynaload.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.sql.DriverManager;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server as functions, since its classes are unknown on this side: only JDK types cross. */
@SuppressWarnings("unchecked")
final class ServerHandle {
  private final ServerClassLoader loader;
  private final Map<String, Object> functions;

  private ServerHandle(ServerClassLoader loader, Map<String, Object> functions) {
    this.loader = loader;
    this.functions = functions;
  }

  static ServerHandle create(String user, String password) {
    // DriverManager looks for drivers once in a JVM, by the context class loader: it must be ours.
    DriverManager.getDrivers();
    ServerClassLoader loader = ServerClassLoader.create();
    return within(
        loader,
        () -> {
          try {
            Object functions =
                loader
                    .loadClass(ServerClassLoader.PACKAGE + "LindormServer")
                    .getMethod("create", String.class, String.class)
                    .invoke(null, user, password);
            return new ServerHandle(loader, (Map<String, Object>) functions);
          } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                "The embedded Lindorm server does not start", e.getCause());
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The embedded Lindorm server does not load", e);
          }
        });
  }

  int start(int port) {
    return within(loader, () -> this.<IntUnaryOperator>function("start").applyAsInt(port));
  }

  void stop() {
    this.<Runnable>function("stop").run();
  }

  void close() {
    this.<Runnable>function("close").run();
    try {
      loader.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    this.<Consumer<String>>function("execute").accept(sql);
  }

  void load(String insert, Iterator<@Nullable Object[]> rows) {
    this.<BiConsumer<String, Iterator<@Nullable Object[]>>>function("load").accept(insert, rows);
  }

  List<List<Object>> statements() {
    return this.<Supplier<List<List<Object>>>>function("statements").get();
  }

  long rowsSent() {
    return this.<LongSupplier>function("rowsSent").getAsLong();
  }

  private <T> T function(String name) {
    Object function = functions.get(name);
    if (function == null) {
      throw new IllegalStateException("The embedded Lindorm server has no function " + name);
    }
    return (T) function;
  }

  /** Threads that the server starts inherit the context class loader, and look up classes by it. */
  private static <T> T within(ClassLoader loader, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
