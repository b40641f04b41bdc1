package io.dynaload.local.lindormserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CreateTableTest {
  @Test
  void directionsAndHashesOfTheKeyAreTakenOut() {
    CreateTable created =
        CreateTable.parse(
                "CREATE TABLE Events(a VARCHAR(20), b BIGINT, c DECIMAL(5,2),"
                    + " PRIMARY KEY (hash32(a), a, b DESC, \"c\" ASC))")
            .orElseThrow();

    assertThat(created.table()).isEqualTo("events");
    assertThat(created.sql())
        .isEqualTo(
            "CREATE TABLE Events(a VARCHAR(20), b BIGINT, c DECIMAL(5,2),"
                + " PRIMARY KEY (\"a\", \"b\", \"c\"))");
    assertThat(created.key())
        .hasToString("TableKey[columns=[a, b DESC, c], hashed=[a]]")
        .extracting(TableKey::order)
        .isEqualTo("\"a\", \"b\" DESC, \"c\"");
  }

  @Test
  void aPlainKeyIsKnownToo() {
    CreateTable created =
        CreateTable.parse("create table if not exists t(a INT, primary key(a)) ").orElseThrow();
    assertThat(created.key())
        .isEqualTo(new TableKey(List.of(new TableKey.Column("a", false)), List.of()));
    assertThat(created.sql()).endsWith("primary key(\"a\")) ");
  }

  @Test
  void anythingElseIsNoneOfItsBusiness() {
    assertThat(CreateTable.parse("CREATE TABLE t(a INT PRIMARY KEY)")).isEmpty();
    assertThat(CreateTable.parse("INSERT INTO t VALUES ('PRIMARY KEY(a DESC)')")).isEmpty();
    assertThat(CreateTable.parse("DROP TABLE t")).isEmpty();
  }
}
