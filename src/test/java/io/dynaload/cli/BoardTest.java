package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final String ERASE_TWO = "\u001b[2A\r\u001b[J";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long millis;

  /**
   * @param columns 0 if it is no terminal
   */
  private Board board(int columns) {
    return new Board(
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            columns),
        3,
        () -> Duration.ofMillis(millis).toNanos());
  }

  /** What has been shown since it was asked last. */
  private String shown() {
    String text = err.toString(StandardCharsets.UTF_8);
    err.reset();
    return text;
  }

  private static Map<Count, Long> written(long items) {
    return Map.of(Count.READ, items, Count.WRITTEN, items, Count.WRITE_UNITS, 2 * items);
  }

  private static GroupReport.Part part(RunState state, long items) {
    Ledger ledger =
        state == RunState.FINISHED
            ? Ledger.ofWholeRun(written(items))
            : Ledger.ofInterruptedRun(written(items));
    return new GroupReport.Part(
        new RunReport("shop/x", state, ledger, Instant.EPOCH, Duration.ZERO), 0, "");
  }

  @Test
  void elsewhereThanOnATerminalALineForEachAndTheTotalComeEveryTenSeconds() {
    Board board = board(0);
    board.show("a", "a  10%", written(100));
    board.show("b", "b  20%", written(200));
    assertThat(shown()).isEmpty();

    millis = 10_000;
    board.show("a", "a  30%", written(300));
    assertThat(shown().lines())
        .containsExactly("a  30%", "b  20%", "total  0 of 3 done  500 rows  0 items/s  0 WCU/s");

    millis = 19_999;
    board.show("b", "b  40%", written(400));
    assertThat(shown()).isEmpty();
    millis = 20_000;
    board.show("a", "a  50%", written(1_100));
    assertThat(shown().lines())
        .containsExactly(
            "a  50%", "b  40%", "total  0 of 3 done  1,500 rows  100 items/s  200 WCU/s");
  }

  @Test
  void onATerminalTheLinesAreDrawnInPlaceAndNoneIsWiderThanIt() {
    Board board = board(30);
    millis = 250;
    board.show("a", "a  10%", written(1));
    assertThat(shown()).startsWith("a  10%\ntotal").doesNotContain("\u001b");

    millis = 499;
    board.show("a", "a  11%", written(2));
    assertThat(shown()).isEmpty();
    millis = 500;
    board.show("a", "a".repeat(40), written(2));
    String redrawn = shown();
    assertThat(redrawn).startsWith(ERASE_TWO + "a".repeat(29) + "\ntotal  0 of 3 done");
    assertThat(redrawn.substring(ERASE_TWO.length()).lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
  }

  @Test
  void whatAnImportHasToSayStandsAboveTheLinesUnderItsName() {
    Board board = board(80);
    Terminal own = board.terminalOf("a");
    millis = 250;
    board.show("a", "a  10%", written(1));
    shown();

    own.err().println("warning: one\n  two");
    own.out().println("shop/a finished");

    assertThat(shown()).isEqualTo(ERASE_TWO + "a: warning: one\na:   two\n");
    assertThat(out).hasToString("shop/a finished\n");
    assertThat(own.isInteractive()).isFalse();
  }

  @Test
  void linesOfTwoAreNotMixed() {
    Board board = board(0);
    PrintStream one = board.terminalOf("a").err();
    PrintStream other = board.terminalOf("b").err();
    one.print("half");
    other.println("ümlaut");
    one.print("-line\nrest");

    assertThat(shown()).isEqualTo("b: ümlaut\na: half-line\n");
  }

  private String total(Board board) {
    millis += 10_000;
    board.show("last", "last", Map.of());
    String total = shown().lines().reduce("", (first, second) -> second);
    return total.substring(0, total.indexOf(" rows"));
  }

  @Test
  void whatIsNotShownAnyMoreIsInTheTotal() {
    Board board = board(0);
    board.show("a", "a  step 1 of 2", written(100));
    assertThat(total(board)).isEqualTo("total  0 of 3 done  100");

    board.remove("a");
    assertThat(total(board))
        .as("between its end and its report")
        .isEqualTo("total  0 of 3 done  100");
    board.show("a", "a  step 2 of 2", written(130));
    board.remove("a");
    board.ended("a", part(RunState.FINISHED, 150));
    assertThat(total(board)).isEqualTo("total  1 of 3 done  150");

    board.ended("b", part(RunState.FAILED, 7));
    assertThat(total(board)).as("what failed has written too").isEqualTo("total  1 of 3 done  157");
  }

  @Test
  void oneThatWasDoneByAnEarlierCommandIsInTheTotalFromTheBeginning() {
    Board board = board(0);
    board.ended("a", part(RunState.FINISHED, 5_000));
    board.show("b", "b  10%", written(10));

    assertThat(total(board)).isEqualTo("total  1 of 3 done  5,010");
  }

  @Test
  void theLinesGoWithTheLastOfThem() {
    Board board = board(80);
    millis = 250;
    board.show("a", "a  10%", written(1));
    shown();
    board.remove("a");
    board.remove("a");

    assertThat(shown()).isEqualTo(ERASE_TWO);
    assertThat(List.of(out.size())).containsOnly(0);
  }
}
