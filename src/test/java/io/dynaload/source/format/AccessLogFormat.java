package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An example of a format of one's own: lines such as {@code 10.0.0.1 200 /index.html}, with
 * comments in between. It is named in {@code
 * META-INF/services/io.dynaload.source.format.FormatProvider}.
 */
public final class AccessLogFormat implements FormatProvider {
  @Override
  public String name() {
    return "access-log";
  }

  @Override
  public RecordFormat create(Map<String, String> options) {
    for (String option : options.keySet()) {
      if (!option.equals("key")) {
        throw new IllegalArgumentException(option + " is not known; key is");
      }
    }
    String key = options.getOrDefault("key", "id");
    return new LineFormat(() -> new Decoder(key));
  }

  private static final class Decoder implements LineDecoder {
    private final Name key;
    private final Name status = new Name("status");
    private final Name path = new Name("path");
    private final ItemEncoder encoder = new ItemEncoder();

    Decoder(String key) {
      this.key = new Name(key);
    }

    @Override
    public @Nullable Item decode(byte[] bytes, int offset, int length, Origin origin)
        throws InvalidItemException {
      if (bytes[offset] == '#') {
        return null;
      }
      String[] words = new String(bytes, offset, length, StandardCharsets.UTF_8).split(" ", 3);
      if (words.length < 3) {
        throw new InvalidItemException(
            InvalidItemException.Reason.MALFORMED, "three words are expected");
      }
      return encoder
          .begin()
          .string(key, words[0])
          .number(status, words[1])
          .string(path, words[2])
          .put(Item.NO_WRITE_TIMESTAMP, origin);
    }
  }
}
