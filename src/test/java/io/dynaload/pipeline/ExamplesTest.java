package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  static List<Path> examples() throws Exception {
    try (Stream<Path> files =
        Files.list(Path.of(System.getProperty("dynaload.home", "."), "examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAValidFile(Path example) {
    assertThat(ImportsFile.read(example, List.of()).imports().values())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.identity().values()).containsKey("sink.table"));
  }
}
