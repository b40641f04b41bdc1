package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, BOOLEAN, BOOL",
    "TINYINT, TINYINT, N",
    "SMALLINT, SMALLINT, N",
    "INTEGER, INTEGER, N",
    "bigint, BIGINT, N",
    "FLOAT, FLOAT, N",
    "DOUBLE, DOUBLE, N",
    "'DECIMAL(38,10)', DECIMAL, N",
    "'DECIMAL (5)', DECIMAL, N",
    "CHAR(3), TEXT, S",
    "VARCHAR, TEXT, S",
    "BINARY(16), BINARY, B",
    "VARBINARY, BINARY, B",
    "DATE, DATE, S",
    "TIME, TIME, S",
    "TIMESTAMP, TIMESTAMP, S"
  })
  void aDeclaredTypeHasOneCounterpart(String declared, ColumnType type, String dynamoDbType) {
    assertThat(ColumnType.ofName(declared)).contains(type);
    assertThat(type.dynamoDbType()).isEqualTo(dynamoDbType);
  }

  @Test
  void whatCannotBeReadHasNone() {
    assertThat(ColumnType.ofName("GEOMETRY")).isEmpty();
    assertThat(ColumnType.ofSqlType(Types.ARRAY)).isEmpty();
    assertThat(ColumnType.ofSqlType(Types.OTHER)).isEmpty();
  }
}
