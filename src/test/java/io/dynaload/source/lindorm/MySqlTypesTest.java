package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint(1)|BOOLEAN",
        "tinyint(4)|TINYINT",
        "tinyint|TINYINT",
        "tinyint(1) unsigned|SMALLINT",
        "tinyint(3) unsigned|SMALLINT",
        "smallint(5) unsigned|INTEGER",
        "mediumint(8) unsigned|BIGINT",
        "int(11)|INTEGER",
        "INT|INTEGER",
        "int unsigned zerofill|BIGINT",
        "bigint(20)|BIGINT",
        "bigint(20) unsigned|DECIMAL",
        "decimal(38,10)|DECIMAL",
        "float|FLOAT",
        "double|DOUBLE",
        "real|DOUBLE",
        "bit(1)|BOOLEAN",
        "bit(8)|BINARY",
        "year(4)|SMALLINT",
        "varchar(20)|TEXT",
        "longtext|TEXT",
        "json|JSON",
        "enum('a','int unsigned')|TEXT",
        "varbinary(1)|BINARY",
        "mediumblob|BINARY",
        "datetime(6)|TIMESTAMP",
        "timestamp|TIMESTAMP",
        "date|DATE",
        "time(3)|TIME",
        "BOOLEAN|BOOLEAN",
        "geometry|"
      })
  void aDeclaredTypeIsReadWithAllOfItsValues(String declared, @Nullable ColumnType type) {
    assertThat(MySqlTypes.ofDeclared(declared, true).orElse(null)).isEqualTo(type);
  }

  @Test
  void aTinyintOfOneDigitIsANumberIfTheDriverIsToldSo() {
    assertThat(MySqlTypes.ofDeclared("tinyint(1)", false)).contains(ColumnType.TINYINT);
  }

  @Test
  void anUnknownTypeIsNotRead() {
    assertThat(MySqlTypes.ofDeclared("vector(3)", true)).isEmpty();
  }
}
