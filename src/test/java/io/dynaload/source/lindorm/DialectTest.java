package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How servers that were not at hand are asked, and what is made of the answers they document. */
class DialectTest {
  private static final String OF_LINDORM =
      "TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,TYPE,IS_PRIMARY_KEY,SORT_ORDER";
  private static final String OF_MYSQL = "Field,Type,Null,Key,Default,Extra";
  private static final String OF_INDEX = "Table,Key_name,Seq_in_index,Column_name,Collation";
  private static final String[] MYSQL_ROWS = {
    "v,double,YES,,,", "b,int(11),NO,PRI,,", "a,bigint(20) unsigned,NO,PRI,,"
  };

  private final FakeServer server = new FakeServer();

  private TableSchema describe(String url) throws Exception {
    AccessConfig access = new AccessConfig(LindormUrl.parse(url), null, null, "plant");
    return access.dialect().describe(server.connection(), access, "t").orElseThrow();
  }

  private TableSchema describeByMySql() throws Exception {
    return describe("jdbc:mysql://h:33060/plant");
  }

  private static TableSchema.Column column(
      String name, String declared, ColumnType type, boolean inKey, boolean descending) {
    return new TableSchema.Column(name, declared, type, inKey, descending);
  }

  @Test
  void lindormTellsTheKeyInItsOrder() throws Exception {
    for (String url : new String[] {"jdbc:lindorm://h:30060/plant", "jdbc:mysql://h:33060/plant"}) {
      server.answering(
          "DESCRIBE `t`",
          OF_LINDORM,
          "plant,t,b,VARCHAR,true,DESC",
          "plant,t,a,TIMESTAMP,true,ASC",
          "plant,t,v,DOUBLE,false,none");

      assertThat(describe(url).columns())
          .as(url)
          .containsExactly(
              column("b", "VARCHAR", ColumnType.TEXT, true, true),
              column("a", "TIMESTAMP", ColumnType.TIMESTAMP, true, false),
              column("v", "DOUBLE", ColumnType.DOUBLE, false, false));
    }
    assertThat(server.asked()).containsOnly("DESCRIBE `t`");
  }

  @Test
  void theTimeSeriesEngineTellsColumnsWithoutAKey() throws Exception {
    server.answering(
        "DESCRIBE `t`",
        "columnName,typeName,columnKind",
        "device,VARCHAR,TAG",
        "time,TIMESTAMP,TIMESTAMP");

    TableSchema schema = describe("jdbc:lindorm:tsdb:url=http://h:8242");

    assertThat(schema.names()).containsExactly("device", "time");
    assertThat(schema.keyNames()).isEmpty();
  }

  @Test
  void theOrderOfAKeyOfMySqlIsThatOfItsIndex() throws Exception {
    server
        .answering("DESCRIBE `t`", OF_MYSQL, MYSQL_ROWS)
        .answering(
            "SHOW INDEX FROM `t`", OF_INDEX, "t,by_v,1,v,A", "t,PRIMARY,2,b,D", "t,PRIMARY,1,a,A");

    assertThat(describeByMySql().columns())
        .containsExactly(
            column("a", "bigint(20) unsigned", ColumnType.DECIMAL, true, false),
            column("b", "int(11)", ColumnType.INTEGER, true, true),
            column("v", "double", ColumnType.DOUBLE, false, false));
  }

  @Test
  void aKeyOfOneColumnNeedsNoSecondQuestion() throws Exception {
    server.answering("DESCRIBE `t`", OF_MYSQL, "v,double,YES,,,", "a,int,NO,PRI,,");

    assertThat(describeByMySql().keyNames()).containsExactly("a");
    assertThat(server.asked()).containsExactly("DESCRIBE `t`");
  }

  @Test
  void whereTheIndexIsNotShownTheDriversMetadataTellTheOrder() throws Exception {
    server
        .answering("DESCRIBE `t`", OF_MYSQL, MYSQL_ROWS)
        .answering("getPrimaryKeys", "COLUMN_NAME,KEY_SEQ", "b,2", "a,1");

    assertThat(describeByMySql().keyNames()).containsExactly("a", "b");
  }

  @Test
  void aKeyWhoseOrderNothingTellsIsNotGuessed() throws Exception {
    server
        .answering("DESCRIBE `t`", OF_MYSQL, MYSQL_ROWS)
        .answering("getPrimaryKeys", "COLUMN_NAME,KEY_SEQ", "b,1");

    TableSchema schema = describeByMySql();

    assertThat(schema.keyNames()).isEmpty();
    assertThat(schema.names()).containsExactly("v", "b", "a");
  }

  @Test
  void whereDescribeIsRefusedTheDriversMetadataTellTheColumns() throws Exception {
    server
        .answering("getColumns", "COLUMN_NAME,TYPE_NAME", "v,DOUBLE", "a,BIGINT UNSIGNED")
        .answering("getPrimaryKeys", "COLUMN_NAME,KEY_SEQ", "a,1");

    assertThat(describeByMySql().columns())
        .containsExactly(
            column("a", "BIGINT UNSIGNED", ColumnType.DECIMAL, true, false),
            column("v", "DOUBLE", ColumnType.DOUBLE, false, false));
  }

  @Test
  void theSessionsZoneIsSetInTheFormThatTheServerTakes() throws Exception {
    server.answering("SET @@time_zone = 'UTC'", "");

    MySqlDialect.INSTANCE.begin(server.connection(), Map.of());

    assertThat(server.asked())
        .containsExactly("SET @@time_zone = '+00:00'", "SET @@time_zone = 'UTC'");
  }

  @Test
  void aServerThatDoesNotTakeUtcIsNotRead() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () -> MySqlDialect.INSTANCE.begin(server.connection(), Map.of()));

    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(e.problem())
        .isEqualTo(
            "The server does not take UTC as the session's time zone, so its timestamps would be"
                + " shifted: refused");
    assertThat(e.remedy()).contains("forceConnectionTimeZoneToSession=false");
  }

  @Test
  void theSessionsZoneIsLeftAloneWhereTheFileSaysSo() throws Exception {
    MySqlDialect.INSTANCE.begin(
        server.connection(), Map.of("forceConnectionTimeZoneToSession", "FALSE"));

    assertThat(server.asked()).isEmpty();
  }
}
