package io.dynaload.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A structured view of an item, over its bytes: an attribute is decoded when it is asked for, each
 * time anew. Immutable and thread-safe. The item must be valid, as every item of a source is; an
 * item that is not is an {@link IllegalStateException}.
 */
public final class ItemView {
  private final byte[] json;

  public ItemView(Item item) {
    this.json = item.json();
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(ValueReader in) throws InvalidItemException;
  }

  /** The attributes' names, in the order that they are written in. */
  public List<String> names() {
    return read(
        in -> {
          List<String> names = new ArrayList<>();
          in.expect('{');
          while (!in.take('}')) {
            names.add(in.string());
            in.expect(':');
            in.skipValue();
            in.take(',');
          }
          return names;
        });
  }

  /** The value of an attribute, or nothing if the item lacks it. */
  public Optional<Value> get(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    return read(
        in -> {
          in.expect('{');
          while (!in.take('}')) {
            boolean found = in.stringIs(wanted);
            in.expect(':');
            if (found) {
              return Optional.of(in.value());
            }
            in.skipValue();
            in.take(',');
          }
          return Optional.<Value>empty();
        });
  }

  /** All attributes, in the order that they are written in. */
  public Map<String, Value> asMap() {
    return read(ValueReader::attributes);
  }

  /** The value of an attribute as its DynamoDB JSON, or nothing if the item lacks it. */
  public Optional<byte[]> json(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    return read(
        in -> {
          in.expect('{');
          while (!in.take('}')) {
            boolean found = in.stringIs(wanted);
            in.expect(':');
            if (found) {
              return Optional.of(in.json());
            }
            in.skipValue();
            in.take(',');
          }
          return Optional.<byte[]>empty();
        });
  }

  /**
   * Whether DynamoDB holds the two for the same item: numbers are equal by value, however they are
   * spelled; the order of attributes, of a map's entries and of a set's elements does not matter,
   * that of a list's elements does.
   */
  public boolean isSameAs(ItemView other) {
    return Arrays.equals(json, other.json) || SameValue.of(asMap(), other.asMap());
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read(new ValueReader(json, 0));
    } catch (InvalidItemException e) {
      throw new IllegalStateException("the item is not valid: " + e.problem(), e);
    }
  }
}
