package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyProgressTest {
  private static final LindormSplit SPLIT =
      LindormSplit.unread(
          "split-7",
          List.of(
              new KeyColumn("site", ColumnType.TEXT, false),
              new KeyColumn("n", ColumnType.BIGINT, true)),
          KeyRange.whole());

  private static List<KeyValue> key(String site, long n) {
    return List.of(new KeyValue.Text(site), new KeyValue.Integral(n));
  }

  private static KeyProgress behind(String site, long n) {
    return new KeyProgress("t", SPLIT.at(key(site, n), 41));
  }

  private static void assertEnds(KeyProgress progress, List<KeyValue> key, String problem) {
    assertThatThrownBy(() -> progress.next(key))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessage(problem);
  }

  @Test
  void rowsInTheOrderOfTheirKeyPass() {
    KeyProgress progress = new KeyProgress("t", SPLIT);
    assertThatCode(
            () -> {
              progress.next(key("a", 2));
              progress.next(key("a", 1));
              progress.next(key("b", 9));
              // The order of text is the server's own.
              progress.next(key("A", 9));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aSecondRowOfAKeyIsSeen() {
    KeyProgress progress = behind("a", 2);
    progress.next(key("a", 1));
    assertEnds(
        progress, key("a", 1), "Table t has more than one row of the same key (split-7, row 42)");
  }

  @Test
  void theRowThatWasToBeLeftBehindIsSeen() {
    assertEnds(
        behind("a", 2),
        key("a", 2),
        "Table t gave the same row again when asked for the rows behind it (split-7, row 41)");
  }

  @Test
  void aRowThatLiesBeforeTheOneBeforeItIsSeen() {
    assertEnds(
        behind("a", 2),
        key("a", 3),
        "Table t does not give its rows in the order of their key (split-7, row 41)");
  }
}
