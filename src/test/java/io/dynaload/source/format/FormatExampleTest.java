package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a format of one's own: compiled and found as a user's is, and shown as it is. */
class FormatExampleTest {
  private static final Path HOME = Path.of(System.getProperty("dynaload.home", "."));
  private static final Path EXAMPLE = HOME.resolve("examples/format/KeyValueLines.java");

  @TempDir private Path classes;

  @Test
  void aJarWithTheExampleBringsItsFormat() throws Exception {
    int failed =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                EXAMPLE.toString());
    assertThat(failed).isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(FormatProvider.class.getName()), "KeyValueLines\n");

    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader jar =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(jar);
      List<Item> items =
          Reading.items(FormatProviders.create("key-value", Map.of()), "a=1\nnothing\nb=2=3\n");
      assertThat(items.get(0).jsonText())
          .isEqualTo("{\"id\":{\"S\":\"a\"},\"value\":{\"S\":\"1\"}}");
      assertThat(items.get(1).rejection().reason()).isEqualTo("there is no =");
      assertThat(items.get(2).jsonText())
          .isEqualTo("{\"id\":{\"S\":\"b\"},\"value\":{\"S\":\"2=3\"}}");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void theDocumentShowsTheExampleAsItIs() throws Exception {
    String source = Files.readString(EXAMPLE);
    String shown =
        source
            .substring(source.indexOf("public final class"))
            .lines()
            .map(line -> line.isEmpty() ? "" : "    " + line)
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(HOME.resolve("docs/files.md"))).contains(shown);
  }
}
