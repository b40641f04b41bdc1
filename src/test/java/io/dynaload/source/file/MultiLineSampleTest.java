package io.dynaload.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiLineSampleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b/c,d/            | false",
        "a,\"b\"/\"c\",d/    | false",
        "a,\"b/c\",d/        | true",
        "a,\"say \"\"x\"\"\"/| false",
        "a,\"say \"\"/\"\"\" | true",
        "a,\"b               | false"
      })
  void aLineEndWithinQuotesIsFound(String sample, boolean found) {
    byte[] bytes = sample.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
    assertThat(MultiLineSample.isIn(bytes, '"')).isEqualTo(found);
  }
}
