package io.dynaload.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyPartsTest {
  private static final int LENGTH = 300_000;

  /** Whatever was announced: nothing, too little, all, too much, or more than there is memory. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, LENGTH - 1, LENGTH, LENGTH + 1, Long.MAX_VALUE})
  void thePartsAreTheWhole(long announced) {
    byte[] whole = new byte[LENGTH];
    Random random = new Random(1);
    random.nextBytes(whole);
    BodyParts parts = new BodyParts(announced);
    for (int from = 0; from < LENGTH; ) {
      int to = Math.min(LENGTH, from + random.nextInt(60_000));
      parts.add(Unpooled.wrappedBuffer(Arrays.copyOfRange(whole, from, to)));
      from = to;
    }

    assertThat(parts.toArray()).isEqualTo(whole);
  }
}
