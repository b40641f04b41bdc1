package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyInspectorTest {
  /** Stored by device, then the newest first. */
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new TableSchema.Column("device", "BIGINT", ColumnType.BIGINT, true, false),
              new TableSchema.Column("ts", "TIMESTAMP", ColumnType.TIMESTAMP, true, true),
              new TableSchema.Column("status", "VARCHAR", ColumnType.TEXT, false, false)));

  private static List<String> key(String yaml) {
    LindormConfig config = LindormTables.withSplits(LindormTables.config(), yaml);
    return new KeyInspector(config, new TableInspector(config))
        .key(SCHEMA).stream()
            .map(column -> column.name() + (column.descending() ? " desc" : ""))
            .toList();
  }

  @Test
  void theTableTellsItsKeyAndWhichColumnsDescend() {
    assertThat(key("{}")).containsExactly("device", "ts desc");
    assertThat(key("key-columns: [device, ts]")).containsExactly("device", "ts desc");
  }

  @Test
  void theFileOverrulesTheDirection() {
    assertThat(key("key-columns: [device desc, ts asc]")).containsExactly("device desc", "ts");
  }

  @Test
  void anIndexHasTheOrderThatTheFileSays() {
    assertThat(key("force-index: i\nkey-columns: [ts, device]")).containsExactly("ts", "device");
    assertThat(key("force-index: i\nkey-columns: [status, ts desc, device]\nkey-values: [ok]"))
        .containsExactly("status", "ts desc", "device");
  }

  @Test
  void anotherKeyThanTheTablesIsRefused() {
    assertThatThrownBy(() -> key("key-columns: [ts, device]"))
        .isInstanceOf(ImportException.class)
        .hasMessage("key-columns: is not the primary key of t, which is device, ts.");
    assertThatThrownBy(() -> key("key-columns: [device]"))
        .hasMessageStartingWith("key-columns: leaves out ts of the primary key of t");
  }

  @Test
  void anIndexColumnThatMayBeNullIsRefused() {
    assertThatThrownBy(() -> key("force-index: i\nkey-columns: [ts, status, device]"))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            "key-columns: status is not in the primary key of t, so it may be NULL, and rows in"
                + " which it is would be lost.");
  }
}
