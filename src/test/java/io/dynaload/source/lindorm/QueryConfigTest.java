package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Section;
import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryConfigTest {
  private static final String QUERY =
      """
      url: jdbc:lindorm:table:url=http://127.0.0.1:30060
      query: SELECT a FROM t
      """;

  private static Section section(String text) {
    return ConfigFile.parse("f.yaml", text, List.of()).check(LindormConfig.KEYS);
  }

  @Test
  void aQueryStandsAlone() {
    QueryConfig config =
        QueryConfig.of(section(QUERY + "page-size: 7\nnulls: \"null\"\njson: document\n"));

    assertThat(config.query()).isEqualTo("SELECT a FROM t");
    assertThat(config.pages().size()).isEqualTo(7);
    assertThat(config.types().nulls()).isEqualTo(TypesConfig.NullForm.NULL);
    assertThat(new LindormSourceFactory().create(section(QUERY))).isInstanceOf(QuerySource.class);
  }

  @Test
  void whatContradictsAQueryIsNamedAllAtOnce() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () ->
                QueryConfig.of(
                    section(QUERY + "table: t\nfrom: 2023-01-01\nwhere: a = 1\nsplit-count: 3\n")));

    assertThat(e.problem())
        .contains("f.yaml:2")
        .endsWith("cannot be combined with table, from, where, split-count");
    assertThat(e.remedy()).startsWith("Leave these out");
  }
}
