package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LindormSplitSerializerTest {
  private static final LindormSplit SPLIT =
      new LindormSplit(
          "split-5",
          List.of(
              new KeyColumn("ts", ColumnType.TIMESTAMP, false),
              new KeyColumn("größe", ColumnType.DECIMAL, true)),
          new KeyRange(
              new KeyValue.Timestamp(Instant.parse("1969-12-31T23:59:59.999Z")),
              new KeyValue.Timestamp(Instant.parse("2023-02-01T00:00:00Z")),
              true),
          List.of(
              new KeyValue.Timestamp(Instant.parse("2023-01-15T10:20:30.123456789Z")),
              new KeyValue.Decimal(new BigDecimal("-1.50"))),
          1_234_567_890_123L);

  private final LindormSplitSerializer serializer = new LindormSplitSerializer();

  @Test
  void aSplitOfVersion1IsReadForEver() throws IOException {
    assertThat(serializer.deserialize(1, LindormTables.golden("lindorm-split-v1.bin")))
        .isEqualTo(SPLIT);
  }

  @Test
  void aSplitOfVersion2IsReadForEver() throws IOException {
    LindormSplit split =
        new LindormSplit(
            "split-7",
            SPLIT.key(),
            new KeyRange(
                List.of(new KeyValue.Text("a")),
                null,
                new KeyValue.Decimal(new BigDecimal("2.50")),
                false),
            SPLIT.position(),
            9);

    assertThat(serializer.getVersion()).isEqualTo(2);
    assertThat(serializer.serialize(split)).isEqualTo(LindormTables.golden("lindorm-split-v2.bin"));
    assertThat(serializer.deserialize(2, LindormTables.golden("lindorm-split-v2.bin")))
        .isEqualTo(split);
  }

  @Test
  void aSplitWithoutBoundsIsReadBack() throws IOException {
    LindormSplit split = LindormSplit.unread("split-0", SPLIT.key(), KeyRange.whole());

    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
  }

  @Test
  void everyKindOfKeyIsReadBack() throws IOException {
    List<KeyValue> values =
        List.of(
            new KeyValue.Integral(Long.MIN_VALUE),
            new KeyValue.Decimal(new BigDecimal("12345678901234567890123456789012345678E-10")),
            new KeyValue.Floating(-0.1),
            new KeyValue.Bool(true),
            new KeyValue.Text("ü😀".repeat(30_000)),
            new KeyValue.Bytes(new byte[] {0, -1}),
            new KeyValue.Timestamp(Instant.parse("2023-01-15T10:20:30.123Z")),
            new KeyValue.Date(LocalDate.of(1969, 5, 5)),
            new KeyValue.Time(LocalTime.of(10, 20, 30, 5)));
    LindormSplit split = SPLIT.at(values, 1);

    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
  }

  @Test
  void aSplitThatWasNotBegunIsReadBack() throws IOException {
    LindormSplit split = LindormSplit.unread("split-0", SPLIT.key(), SPLIT.range());

    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
  }

  @Test
  void aSplitOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Lindorm split of version 3 is not known here");
  }
}
