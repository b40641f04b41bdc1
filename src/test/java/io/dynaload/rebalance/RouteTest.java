package io.dynaload.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  private static final int MAX_PARALLELISM = 4096;

  private static final TableKeyHash STRINGS =
      new TableKeyHash(
          new KeySchema(new KeyAttribute("a", KeyType.S), new KeyAttribute("b", KeyType.S)));
  private static final TableKeyHash NUMBERS =
      new TableKeyHash(new KeySchema(new KeyAttribute("a", KeyType.N), null));
  private static final TableKeyHash BINARIES =
      new TableKeyHash(new KeySchema(new KeyAttribute("a", KeyType.B), null));
  private static final SourceKeyHash SOURCE =
      new SourceKeyHash(
          List.of(
              new KeyAttribute("a", KeyType.S),
              new KeyAttribute("b", KeyType.N),
              new KeyAttribute("c", KeyType.N)));

  private static Item item(Origin origin, String attributes) {
    byte[] json = ("{" + attributes.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
    try {
      return new ItemValidator().put(json, 0, json.length, Item.NO_WRITE_TIMESTAMP, origin);
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }

  private static int hash(ItemHash by, String attributes) {
    return by.getKey(item(new Origin("unit", 0), attributes));
  }

  @Test
  void aNumberIsTheSameInAllSpellings() {
    int one = hash(NUMBERS, "'a':{'N':'1'}");
    assertThat(hash(NUMBERS, "'x':{'S':'y'},'a':{'N':'1.0'}")).isEqualTo(one);
    assertThat(hash(NUMBERS, "'a':{'N':'1E0'}")).isEqualTo(one);
    assertThat(hash(NUMBERS, "'a':{'N':'10e-1'}")).isEqualTo(one);
    assertThat(hash(NUMBERS, "'a':{'N':'-1'}")).isNotEqualTo(one);
    assertThat(hash(NUMBERS, "'a':{'N':'10'}")).isNotEqualTo(one);
  }

  @Test
  void aStringIsTheSameHoweverItIsEscaped() {
    assertThat(hash(STRINGS, "'b':{'S':'\\u00e9'},'a':{'S':'\\/'}"))
        .isEqualTo(hash(STRINGS, "'a':{'S':'/'},'b':{'S':'é'}"));
  }

  @Test
  void partitionAndSortKeyAreNotJoined() {
    assertThat(hash(STRINGS, "'a':{'S':'a$b'},'b':{'S':'c'}"))
        .isNotEqualTo(hash(STRINGS, "'a':{'S':'a'},'b':{'S':'b$c'}"));
    assertThat(hash(STRINGS, "'a':{'S':'ab'},'b':{'S':'c'}"))
        .isNotEqualTo(hash(STRINGS, "'a':{'S':'a'},'b':{'S':'bc'}"));
  }

  @Test
  void binariesNeedNotBeText() {
    int notUtf8 = hash(BINARIES, "'a':{'B':'gA=='}");
    assertThat(hash(BINARIES, "'v':{'N':'2'},'a':{'B':'gA=='}")).isEqualTo(notUtf8);
    assertThat(hash(BINARIES, "'a':{'B':'/w=='}")).isNotEqualTo(notUtf8);
    assertThat(hash(BINARIES, "'a':{'B':'77+9'}")).isNotEqualTo(notUtf8);
  }

  @Test
  void aSourcesKeyHasAsManyPartsAsItHas() {
    int hash = hash(SOURCE, "'a':{'S':'x'},'b':{'N':'1'},'c':{'N':'2'},'v':{'N':'1'}");
    assertThat(hash(SOURCE, "'c':{'N':'2.0'},'v':{'N':'2'},'b':{'N':'1e0'},'a':{'S':'x'}"))
        .isEqualTo(hash);
    assertThat(hash(SOURCE, "'a':{'S':'x'},'b':{'N':'2'},'c':{'N':'1'}")).isNotEqualTo(hash);
  }

  @Test
  void whatIsWrittenNowhereIsSpreadByItsOrigin() {
    int[] keyless =
        load(8, n -> NUMBERS.getKey(item(new Origin("unit", n), "'a':{'S':'not a number'}")));
    int[] rejected =
        load(
            8,
            n ->
                NUMBERS.getKey(
                    item(new Origin("unit", n), "'a':{'N':'1'}")
                        .rejected(Stage.TRANSFORM, "CODE", "reason")));
    assertEven(keyless);
    assertEven(rejected);
  }

  @Test
  void whatHasNoKeyAtTheSourceKeepsTheOrderOfItsUnit() {
    Item first = item(new Origin("unit", 1), "'a':{'S':'x'}");
    Item second = item(new Origin("unit", 2), "'b':{'N':'7'}");
    assertThat(SOURCE.getKey(first)).isEqualTo(SOURCE.getKey(second));
    assertThat(new UnitHash().getKey(first)).isEqualTo(new UnitHash().getKey(second));
    assertThat(new UnitHash().getKey(item(new Origin("other", 1), "'a':{'S':'x'}")))
        .isNotEqualTo(new UnitHash().getKey(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 60, 64})
  void randomKeysAreSpreadEvenly(int parallelism) {
    SplittableRandom random = new SplittableRandom(17);
    assertEven(
        load(
            parallelism,
            n ->
                hash(
                    STRINGS,
                    "'a':{'S':'device-" + random.nextInt() + "'},'b':{'S':'" + n % 97 + "'}")));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 60, 64})
  void consecutiveKeysAreSpreadEvenly(int parallelism) {
    assertEven(load(parallelism, n -> hash(NUMBERS, "'a':{'N':'" + n + "'}")));
  }

  /** How many of many items each subtask gets. */
  private static int[] load(int parallelism, IntFunction<Integer> hash) {
    int[] load = new int[parallelism];
    int items = 5_000 * parallelism;
    for (int n = 0; n < items; n++) {
      load[
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              hash.apply(n), MAX_PARALLELISM, parallelism)]++;
    }
    return load;
  }

  private static void assertEven(int[] load) {
    double mean = IntStream.of(load).average().orElseThrow();
    assertThat(IntStream.of(load).max().orElseThrow())
        .as(Arrays.toString(load))
        .isLessThan((int) (mean * 1.07));
    assertThat(IntStream.of(load).min().orElseThrow())
        .as(Arrays.toString(load))
        .isGreaterThan((int) (mean * 0.93));
  }
}
