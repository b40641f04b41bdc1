package io.dynaload.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Items of every type, with everything in them that is hard to get right. The same for a seed. */
public final class RandomItems {
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "\"",
          "\\",
          "/",
          "\b\f\n\r\t",
          "\0",
          "\u001f\u007f",
          "\u0080",
          "é",
          "\u07ff",
          "\u0800",
          "\u2028\u2029",
          "\ud7ff\ue000",
          "\ufeff",
          "\uffff",
          "😀",
          "\udbff\udfff",
          "{\"S\":\"a\"}",
          "}],",
          "\\u0041",
          "a$b",
          "null",
          "用户",
          "x".repeat(300));

  private final Random random;

  public RandomItems(long seed) {
    this.random = new Random(seed);
  }

  /** An item of up to eight attributes, which holds the given ones as well. */
  public Map<String, Value> next(Map<String, Value> keys) {
    Map<String, Value> item = new LinkedHashMap<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      item.put(name(), value(1));
    }
    item.putAll(keys);
    return item;
  }

  /** A value nested to the deepest level allowed. */
  public Value deepest() {
    Value value = scalar();
    for (int level = 1; level < ItemValidator.MAX_DEPTH; level++) {
      value =
          random.nextBoolean() ? new Value.L(List.of(value)) : new Value.M(Map.of(name(), value));
    }
    return value;
  }

  /**
   * @param level of what holds the value, the item being 1
   */
  private Value value(int level) {
    int kind = random.nextInt(10);
    boolean mayNest = level < ItemValidator.MAX_DEPTH;
    if (kind < 5 || !mayNest && kind < 7) {
      return scalar();
    } else if (kind == 5) {
      Map<String, Value> entries = new LinkedHashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        entries.put(name(), value(level + 1));
      }
      return new Value.M(entries);
    } else if (kind == 6) {
      List<Value> elements = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        elements.add(value(level + 1));
      }
      return new Value.L(elements);
    }
    return set(1 + random.nextInt(random.nextInt(10) == 0 ? 40 : 4));
  }

  private Value scalar() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> new Value.S(string());
      case 2 -> new Value.N(number());
      case 3 -> binary();
      case 4 -> new Value.Bool(random.nextBoolean());
      default -> new Value.Null();
    };
  }

  private Value set(int size) {
    int kind = random.nextInt(3);
    Set<String> texts = new LinkedHashSet<>();
    Set<Value.B> binaries = new LinkedHashSet<>();
    Set<BigDecimal> numbers = new LinkedHashSet<>();
    while (texts.size() + binaries.size() < size) {
      if (kind == 0) {
        texts.add(string() + random.nextInt(1000));
      } else if (kind == 1) {
        binaries.add(binary());
      } else {
        String number = number();
        BigDecimal value = new BigDecimal(number);
        if (numbers.add(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros())) {
          texts.add(number);
        }
      }
    }
    return kind == 0
        ? new Value.SS(texts)
        : kind == 1 ? new Value.BS(binaries) : new Value.NS(texts);
  }

  /** Never empty. */
  public String name() {
    return "n" + random.nextInt(100) + (random.nextInt(4) == 0 ? string() : "");
  }

  public String string() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      if (random.nextBoolean()) {
        text.append(NASTY.get(random.nextInt(NASTY.size())));
      } else {
        for (int n = random.nextInt(30); n > 0; n--) {
          text.append((char) ('0' + random.nextInt(75)));
        }
      }
    }
    return text.toString();
  }

  public Value.B binary() {
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 12)];
    random.nextBytes(bytes);
    return new Value.B(bytes);
  }

  /** A number that DynamoDB takes, in one of its spellings. */
  public String number() {
    if (random.nextInt(8) == 0) {
      return spelled(BigDecimal.ZERO);
    }
    int digits = random.nextInt(4) == 0 ? DecimalText.MAX_DIGITS : 1 + random.nextInt(20);
    StringBuilder text = new StringBuilder().append(1 + random.nextInt(9));
    while (text.length() < digits) {
      text.append(random.nextInt(10));
    }
    int exponent = random.nextInt(3) == 0 ? random.nextInt(256) - 130 : random.nextInt(20) - 10;
    int scale = digits - 1 - exponent;
    BigDecimal number = new BigDecimal(new BigInteger(text.toString()), scale);
    return spelled(random.nextBoolean() ? number : number.negate());
  }

  /** One of many spellings of a number. */
  public String spelled(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    String sign = number.signum() < 0 ? "-" : random.nextInt(4) == 0 ? "+" : "";
    return switch (random.nextInt(5)) {
      case 0 -> number.toPlainString();
      case 1 -> number.toString();
      case 2 -> sign + "00" + digits + (random.nextBoolean() ? "e" : "E") + -number.scale();
      case 3 -> sign + "." + digits + "00E" + (digits.length() - number.scale());
      default -> sign + digits + "000.0E" + (-number.scale() - 3);
    };
  }

  /** The item in wire format, as the encoder makes it. */
  public static Item encode(Map<String, Value> attributes) throws InvalidItemException {
    ItemEncoder encoder = new ItemEncoder().begin();
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      encoder.value(new ItemEncoder.Name(attribute.getKey()), attribute.getValue());
    }
    return encoder.put(Item.NO_WRITE_TIMESTAMP, new Origin("random", 0));
  }
}
