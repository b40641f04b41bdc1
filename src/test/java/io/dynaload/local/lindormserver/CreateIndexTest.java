package io.dynaload.local.lindormserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CreateIndexTest {
  @Test
  void columnsAndDirectionsAreReadAndWhatIsIncludedIsLeftOut() {
    CreateIndex created =
        CreateIndex.parse("CREATE INDEX IF NOT EXISTS By_Time ON `T`(a DESC, b) INCLUDE(c, d)")
            .orElseThrow();

    assertThat(created)
        .isEqualTo(
            new CreateIndex(
                "by_time",
                "t",
                List.of(new TableKey.Column("a", true), new TableKey.Column("b", false))));
    assertThat(created.sql()).isEqualTo("CREATE INDEX \"t_by_time\" ON \"t\"(\"a\" DESC, \"b\")");
  }

  @Test
  void anythingElseIsNoneOfItsBusiness() {
    assertThat(CreateIndex.parse("CREATE TABLE t(a INT, PRIMARY KEY(a))")).isEmpty();
    assertThat(CreateIndex.parse("CREATE INDEX i")).isEmpty();
    assertThat(CreateIndex.parse("")).isEmpty();
  }
}
