package io.dynaload.sink;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sink.create-table}: what a table is created with.
 *
 * @param provisioned its capacity, or null to pay by request
 * @param ttlAttribute the attribute that holds when an item expires, in seconds since 1970
 */
public record TableDefinition(
    KeySchema keys, @Nullable Throughput provisioned, @Nullable String ttlAttribute)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Read and write units a second. */
  public record Throughput(int readUnits, int writeUnits) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What the table is paid by. */
  public enum Billing {
    ON_DEMAND,
    PROVISIONED
  }

  /** A name may have colons; the type stands after the last one. */
  private static final Pattern KEY_FORM = Pattern.compile("(?s)(.{1,255}):([SNB])");

  public static final Key<KeyAttribute> PARTITION_KEY =
      Key.parsed("partition-key", "a name and a type", "id:S", TableDefinition::keyAttribute)
          .required()
          .describedAs("The partition key's attribute and its type: S, N or B.");

  public static final Key<KeyAttribute> SORT_KEY =
      Key.parsed("sort-key", "a name and a type", "ts:N", TableDefinition::keyAttribute)
          .describedAs("The sort key's attribute and its type. Left out: the table has none.");

  public static final Key<Billing> BILLING =
      Key.choice("billing", Billing.class)
          .defaultsTo(Billing.ON_DEMAND)
          .describedAs("Whether the table is paid by request or by provisioned capacity.");

  public static final Key<Integer> READ_UNITS =
      Key.integer("read-units")
          .atLeast(1)
          .describedAs("Provisioned read units a second; only with `billing: provisioned`.");

  public static final Key<Integer> WRITE_UNITS =
      Key.integer("write-units")
          .atLeast(1)
          .describedAs("Provisioned write units a second; only with `billing: provisioned`.");

  public static final Key<String> TTL_ATTRIBUTE =
      Key.text("ttl-attribute")
          .describedAs(
              "Attribute by which items expire. Left out: they do not. A table that exists must expire"
                  + " its items by the same one.");

  public static final Keys KEYS =
      Keys.of(PARTITION_KEY, SORT_KEY, BILLING, READ_UNITS, WRITE_UNITS, TTL_ATTRIBUTE);

  static TableDefinition from(Section section) {
    KeyAttribute partition = section.get(PARTITION_KEY);
    KeyAttribute sort = section.find(SORT_KEY).orElse(null);
    if (sort != null && sort.name().equals(partition.name())) {
      throw section.problem(
          SORT_KEY, "is the partition key too", "Name another attribute, or leave it out.");
    }
    return new TableDefinition(
        new KeySchema(partition, sort),
        throughput(section),
        section.find(TTL_ATTRIBUTE).orElse(null));
  }

  private static @Nullable Throughput throughput(Section section) {
    return switch (section.get(BILLING)) {
      case ON_DEMAND -> {
        for (Key<Integer> key : List.of(READ_UNITS, WRITE_UNITS)) {
          if (section.has(key)) {
            throw section.problem(
                key, "needs billing: provisioned", "Add that, or leave this out.");
          }
        }
        yield null;
      }
      case PROVISIONED -> new Throughput(units(section, READ_UNITS), units(section, WRITE_UNITS));
    };
  }

  private static int units(Section section, Key<Integer> key) {
    return section
        .find(key)
        .orElseThrow(
            () ->
                section.problem(
                    key, "is missing; billing: provisioned needs it", "Add it, such as 100."));
  }

  private static KeyAttribute keyAttribute(String text) {
    Matcher matcher = KEY_FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not a name of up to 255 characters and a type, S, N or B, such as id:S");
    }
    return new KeyAttribute(matcher.group(1), KeyType.valueOf(matcher.group(2)));
  }
}
