package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in/*.csv        | in/a.csv        | true",
        "in/*.csv        | in/b/a.csv      | false",
        "in/*.csv        | in/a.csv.gz     | false",
        "in/**/*.csv     | in/a.csv        | true",
        "in/**/*.csv     | in/b/c/a.csv    | true",
        "in/**           | in/b/c/a.csv    | true",
        "in/**.csv       | in/b/c/a.csv    | true",
        "in/?.csv        | in/a.csv        | true",
        "in/?.csv        | in//.csv        | false",
        "in/{a,b}.csv    | in/b.csv        | true",
        "in/{a,b}.csv    | in/c.csv        | false",
        "in/{a,b{1,2}}/* | in/b2/x         | true",
        "in/{a/b,c}/x    | in/a/b/x        | true",
        "in/a.csv        | in/aXcsv        | false",
        "in/a+(b)[c]/*   | in/a+(b)[c]/x   | true",
        "in/open{x       | in/open{x       | true",
        "y=2024/m=*/**   | y=2024/m=1/d/x  | true"
      })
  void patternsMatchAsTheySay(String pattern, String path, boolean matches) {
    assertThat(new Glob(pattern).matches(path)).isEqualTo(matches);
  }

  @Test
  void theFixedPartStandsBeforeTheFirstSpecialCharacter() {
    assertThat(new Glob("in/2024-*/x").prefix()).isEqualTo("in/2024-");
    assertThat(new Glob("in/open{x").prefix()).isEqualTo("in/open{x");
    assertThat(Glob.isGlob("in/open{x")).isFalse();
    assertThat(Glob.isGlob("in/{x}")).isTrue();
  }
}
