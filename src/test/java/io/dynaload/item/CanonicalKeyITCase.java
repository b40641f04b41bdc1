package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB Local is asked which keys are the same, and how they are ordered. */
class CanonicalKeyITCase {
  private static final int PAIRS = 1000;

  private final Random random = new Random(99);
  private final RandomItems items = new RandomItems(99);

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void keysAreEqualExactlyWhereTheTableHoldsOneItem(KeyType type) throws Exception {
    KeySchema schema =
        new KeySchema(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", type));
    List<byte[]> ones = new ArrayList<>();
    List<byte[]> others = new ArrayList<>();
    List<byte[]> together = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      String[] pair = pair(type);
      ones.add(item("pair" + i, type, pair[0]));
      others.add(item("pair" + i, type, pair[1]));
      together.add(item("all", type, pair[0]));
    }
    try (EmbeddedDynamoDb server = EmbeddedDynamoDb.start();
        DynamoDbClient client = LocalTables.client(server.endpoint())) {
      RawDynamoDb raw = new RawDynamoDb(server.endpoint());
      LocalTables.create(client, "pairs", schema);
      raw.putAll("pairs", ones);
      raw.putAll("pairs", others);
      Map<String, Long> counts =
          LocalTables.scan(client, "pairs").stream()
              .collect(
                  Collectors.groupingBy(item -> attribute(item, "pk").s(), Collectors.counting()));
      int equal = 0;
      for (int i = 0; i < PAIRS; i++) {
        CanonicalKey one = key(schema, ones.get(i));
        CanonicalKey other = key(schema, others.get(i));
        boolean same = counts.getOrDefault("pair" + i, 0L) == 1;
        assertThat(one.equals(other))
            .as("%s, %s", text(ones.get(i)), text(others.get(i)))
            .isEqualTo(same);
        assertThat(one.compareTo(other) == 0).isEqualTo(same);
        equal += same ? 1 : 0;
      }
      assertThat(equal).isBetween(PAIRS / 10, PAIRS * 9 / 10);

      LocalTables.create(client, "order", schema);
      for (byte[] item : together) {
        raw.put("order", item);
      }
      TreeSet<CanonicalKey> ascending = new TreeSet<>();
      for (byte[] item : together) {
        ascending.add(key(schema, item));
      }
      List<CanonicalKey> inTheTable = new ArrayList<>();
      for (Map<String, AttributeValue> item : query(client)) {
        inTheTable.add(key(schema, item("all", type, spelling(attribute(item, "sk")))));
      }
      assertThat(inTheTable).containsExactlyElementsOf(ascending);
    }
  }

  private static List<Map<String, AttributeValue>> query(DynamoDbClient client) {
    return client
        .queryPaginator(
            request ->
                request
                    .tableName("order")
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("all"))))
        .items()
        .stream()
        .toList();
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private static String spelling(AttributeValue value) {
    return switch (value.type()) {
      case S -> escaped(value.s(), new Random(0));
      case N -> value.n();
      case B -> Base64.getEncoder().encodeToString(value.b().asByteArray());
      default -> throw new IllegalArgumentException("no key");
    };
  }

  /** Two spellings, of the same value or of two that are near to one another. */
  private String[] pair(KeyType type) {
    boolean same = random.nextBoolean();
    return switch (type) {
      case S -> {
        String one = items.string() + "k";
        yield new String[] {escaped(one, random), escaped(same ? one : near(one), random)};
      }
      case N -> {
        BigDecimal one = new BigDecimal(items.number());
        yield new String[] {items.spelled(one), items.spelled(same ? one : near(one))};
      }
      case B -> {
        byte[] one = items.binary().bytes();
        byte[] other = same ? one : near(one);
        yield new String[] {base64(one), base64(other)};
      }
    };
  }

  private String near(String text) {
    return random.nextBoolean() ? text + "\0" : text.substring(0, text.length() - 1) + "K";
  }

  private BigDecimal near(BigDecimal number) {
    if (number.signum() == 0) {
      return new BigDecimal("1E-130");
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return switch (random.nextInt(3)) {
      case 0 -> stripped.negate();
      case 1 -> stripped.scaleByPowerOfTen(stripped.precision() > stripped.scale() + 1 ? -1 : 1);
      default -> {
        BigDecimal next = stripped.add(stripped.ulp());
        yield next.signum() == 0 || next.precision() > 38 ? stripped.negate() : next;
      }
    };
  }

  private byte[] near(byte[] bytes) {
    byte[] other = Arrays.copyOf(bytes, bytes.length + (bytes.length < 20 ? random.nextInt(2) : 0));
    if (other.length == bytes.length) {
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return other;
  }

  /** Base64 with escapes and with bits beyond the last byte, now and then. */
  private String base64(byte[] bytes) {
    String text = Base64.getEncoder().encodeToString(bytes);
    if (random.nextBoolean()) {
      text = text.replace("QQ==", "QR==").replace("gA==", "gP==").replace("A=", "B=");
    }
    return random.nextBoolean() ? text.replace("/", "\\/").replace("=", "\\u003d") : text;
  }

  /** The text as it may stand in JSON: some characters escaped that need not be. */
  private static String escaped(String text, Random random) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || random.nextInt(8) == 0) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static byte[] item(String partition, KeyType type, String spelling) {
    String json =
        "{\"v\":{\"S\":\"x\"},\"sk\":{\""
            + type
            + "\":\""
            + spelling
            + "\"},\"pk\":{\"S\":\""
            + partition
            + "\"}}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static CanonicalKey key(KeySchema schema, byte[] item) throws InvalidItemException {
    new ItemValidator().validate(item, 0, item.length);
    return schema.keyOf(item, 0, item.length);
  }

  private static String text(byte[] item) {
    return new String(item, StandardCharsets.UTF_8);
  }
}
