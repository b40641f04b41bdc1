package io.dynaload.pipeline;

import io.dynaload.item.CanonicalText;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.ItemView;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.sink.WriteMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts and deletes of keys that come again and again, some far more often than others and in many
 * spellings, drawn by a seed: in several units, each in its order and with keys of its own, so that
 * it is known which version of a key is the last.
 *
 * @param units in which the items come
 * @param itemsPerUnit how many there are in each
 * @param keysPerUnit how many different keys these have at most
 * @param badPart which part of the items is not one that DynamoDB takes
 * @param mode that they are written in: versions come in their order in {@code overwrite}, and
 *     mixed up in {@code newer-wins}; there are no deletes in {@code insert-only}
 */
record VersionedItems(
    long seed, int units, int itemsPerUnit, int keysPerUnit, double badPart, WriteMode mode)
    implements OrderedItems {
  private static final long serialVersionUID = 1L;

  VersionedItems(long seed, int units, int itemsPerUnit, int keysPerUnit, double badPart) {
    this(seed, units, itemsPerUnit, keysPerUnit, badPart, WriteMode.OVERWRITE);
  }

  static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N));

  /** An index that each version moves in. */
  static final KeySchema BY_VERSION = new KeySchema(new KeyAttribute("version", KeyType.N), null);

  /** An attribute that only the service objects to. */
  static final String REFUSED = "refused";

  private static final ItemEncoder.Name PK = new ItemEncoder.Name("pk");
  private static final ItemEncoder.Name SK = new ItemEncoder.Name("sk");
  private static final ItemEncoder.Name VERSION = new ItemEncoder.Name("version");
  private static final ItemEncoder.Name TEXT = new ItemEncoder.Name("text");
  private static final ItemEncoder.Name REFUSED_NAME = new ItemEncoder.Name(REFUSED);

  private static final int PARTITIONS = 16;
  private static final double DELETED = 0.08;
  private static final double LARGE = 0.03;

  private enum Kind {
    PUT,
    DELETE,
    /** By the service alone. */
    REFUSED,
    KEYLESS,
    /** By the source, which passes it on as data. */
    UNREADABLE
  }

  private static final List<Kind> BAD = List.of(Kind.REFUSED, Kind.KEYLESS, Kind.UNREADABLE);

  private static final int VERSIONS = 1_000;

  private record Draw(Kind kind, int key, int version, SplittableRandom random) {}

  /**
   * A refused item has a key that nothing else has but the item before it: as a newer version would
   * replace it before it is sent and refused, and the one before it has to stay.
   */
  private Draw draw(int unit, int index) {
    Draw drawn = drawn(unit, index);
    if (drawn.kind() == Kind.REFUSED) {
      return new Draw(drawn.kind(), -1 - unit - units * index, VERSIONS, drawn.random());
    }
    boolean beforeRefused =
        drawn.kind() == Kind.PUT
            && index + 1 < itemsPerUnit
            && drawn(unit, index + 1).kind() == Kind.REFUSED;
    return beforeRefused
        ? new Draw(Kind.PUT, -1 - unit - units * (index + 1), drawn.version(), drawn.random())
        : drawn;
  }

  private Draw drawn(int unit, int index) {
    SplittableRandom random = new SplittableRandom(seed);
    random = new SplittableRandom(random.nextLong() + unit);
    random = new SplittableRandom(random.nextLong() + index);
    double part = random.nextDouble();
    int nth = (int) (keysPerUnit * Math.pow(random.nextDouble(), 2));
    double kind = random.nextDouble();
    Kind drawn =
        part < badPart
            ? BAD.get((int) (kind * BAD.size()))
            : kind < DELETED && deletes() ? Kind.DELETE : Kind.PUT;
    int version = mode == WriteMode.NEWER_WINS ? random.nextInt(VERSIONS) : index;
    return new Draw(drawn, unit + units * nth, version, random);
  }

  @Override
  public boolean deletes() {
    return mode != WriteMode.INSERT_ONLY;
  }

  @Override
  public Item item(int unit, int index) {
    Draw draw = draw(unit, index);
    SplittableRandom random = draw.random();
    Origin origin = new Origin("unit-" + unit, index);
    if (draw.kind() == Kind.UNREADABLE) {
      Rejection why = new Rejection(Stage.SOURCE, Form.RAW, "UNREADABLE", "planted");
      return Item.rejected(new byte[] {'?'}, Item.NO_WRITE_TIMESTAMP, origin, why);
    }
    ItemEncoder encoder = new ItemEncoder().begin();
    try {
      encoder.string(PK, "p$" + Math.floorMod(draw.key(), PARTITIONS));
      if (draw.kind() != Kind.KEYLESS) {
        encoder.number(SK, spelled(draw.key(), random.nextInt(5)));
      }
      if (draw.kind() == Kind.DELETE) {
        if (mode == WriteMode.NEWER_WINS) {
          encoder.number(VERSION, draw.version());
        }
        return encoder.delete(Item.NO_WRITE_TIMESTAMP, origin);
      }
      int length = random.nextInt(100) + (random.nextDouble() < LARGE ? 3_000 : 0);
      encoder.number(VERSION, draw.version()).string(TEXT, "x".repeat(length));
      if (draw.kind() == Kind.REFUSED) {
        encoder.bool(REFUSED_NAME, true);
      }
      return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }

  private static String spelled(int number, int spelling) {
    return switch (spelling) {
      case 0 -> number + ".0";
      case 1 -> number + "E0";
      case 2 -> number + ".00";
      case 3 -> number + "0E-1";
      default -> Integer.toString(number);
    };
  }

  long size() {
    return (long) units * itemsPerUnit;
  }

  private record Written(int version, String text) {}

  /** What the table holds in the end, as {@link CanonicalText}, sorted. */
  List<String> remaining() {
    Map<Integer, Written> table = new TreeMap<>();
    for (int unit = 0; unit < units; unit++) {
      for (int index = 0; index < itemsPerUnit; index++) {
        write(table, unit, index);
      }
    }
    return table.values().stream().map(Written::text).sorted().toList();
  }

  private void write(Map<Integer, Written> table, int unit, int index) {
    Draw draw = draw(unit, index);
    Written there = table.get(draw.key());
    boolean stays =
        there != null
            && switch (mode) {
              case OVERWRITE -> false;
              case INSERT_ONLY -> true;
              case NEWER_WINS -> there.version() >= draw.version();
            };
    if (stays) {
      return;
    }
    switch (draw.kind()) {
      case PUT -> {
        String text = CanonicalText.of(new ItemView(item(unit, index)).asMap());
        table.put(draw.key(), new Written(draw.version(), text));
      }
      case DELETE -> table.remove(draw.key());
      case REFUSED, KEYLESS, UNREADABLE -> {
        // The version before stays.
      }
    }
  }

  /** Where the items come from that are not written, as text. */
  Set<String> bad() {
    Set<String> bad = new TreeSet<>();
    for (int unit = 0; unit < units; unit++) {
      for (int index = 0; index < itemsPerUnit; index++) {
        Kind kind = draw(unit, index).kind();
        if (kind != Kind.PUT && kind != Kind.DELETE) {
          bad.add(new Origin("unit-" + unit, index).toString());
        }
      }
    }
    return bad;
  }
}
