package io.dynaload.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rejected items, and reads letters, for tests. */
final class Letters {
  static final Instant TIME = Instant.parse("2023-01-02T03:04:05.678Z");

  private Letters() {}

  /** Rejected at row {@code position} of the split {@code readings/split-0}. */
  static Item rejected(long position, Form form, byte[] bytes) {
    return Item.rejected(
        bytes,
        Item.NO_WRITE_TIMESTAMP,
        new Origin("readings/split-0", position),
        new Rejection(Stage.SOURCE, form, "NUMBER", "attribute n: the text is not a number"));
  }

  static Item rejected(long position) {
    return rejected(position, Form.ITEM, ("{\"id\":{\"N\":\"" + position + "\"}}").getBytes(UTF_8));
  }

  static List<DeadLetter> read(String file) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    try (DeadLetterReader reader = new DeadLetterReader(file)) {
      @Nullable DeadLetter letter;
      while ((letter = reader.next()) != null) {
        letters.add(letter);
      }
    }
    return letters;
  }
}
