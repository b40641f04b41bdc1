package io.dynaload.local;

import java.lang.reflect.InvocationTargetException;
import java.sql.DriverManager;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server as functions, since its classes are unknown on this side: only JDK types cross. */
@SuppressWarnings("unchecked")
final class ServerHandle {
  private static @Nullable ServerClassLoader shared;

  private final Map<String, Object> functions;

  private ServerHandle(Map<String, Object> functions) {
    this.functions = functions;
  }

  static ServerHandle create(String user, String password) {
    // DriverManager looks for drivers once in a JVM, by the context class loader: it must be ours.
    DriverManager.getDrivers();
    return within(
        loader(),
        () -> {
          try {
            Object functions =
                loader()
                    .loadClass(ServerClassLoader.PACKAGE + "LindormServer")
                    .getMethod("create", String.class, String.class)
                    .invoke(null, user, password);
            return new ServerHandle((Map<String, Object>) functions);
          } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                "The embedded Lindorm server does not start", e.getCause());
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The embedded Lindorm server does not load", e);
          }
        });
  }

  int start(int port) {
    return within(loader(), () -> ((IntUnaryOperator) function("start")).applyAsInt(port));
  }

  void stop() {
    ((Runnable) function("stop")).run();
  }

  void close() {
    ((Runnable) function("close")).run();
  }

  void execute(String sql) {
    ((Consumer<String>) function("execute")).accept(sql);
  }

  void load(String insert, Iterator<@Nullable Object[]> rows) {
    ((BiConsumer<String, Iterator<@Nullable Object[]>>) function("load")).accept(insert, rows);
  }

  List<List<Object>> statements() {
    return ((Supplier<List<List<Object>>>) function("statements")).get();
  }

  long rowsSent() {
    return ((LongSupplier) function("rowsSent")).getAsLong();
  }

  void failBeyond(long rows) {
    ((LongConsumer) function("failBeyond")).accept(rows);
  }

  long timeouts() {
    return ((LongSupplier) function("timeouts")).getAsLong();
  }

  private Object function(String name) {
    Object function = functions.get(name);
    if (function == null) {
      throw new IllegalStateException("The embedded Lindorm server has no function " + name);
    }
    return function;
  }

  /** One class loader serves every server of the JVM: to load its classes takes half a second. */
  private static synchronized ServerClassLoader loader() {
    ServerClassLoader loader = shared;
    if (loader == null) {
      loader = ServerClassLoader.create();
      shared = loader;
    }
    return loader;
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
