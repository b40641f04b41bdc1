package io.dynaload.source.export;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Items as the lines of exports have them; written from their descriptions, for tests. */
final class ExportLines {
  private ExportLines() {}

  /** DynamoDB JSON. */
  static String json(Map<String, Value> item) {
    return object(item, ExportLines::json);
  }

  private static String json(Value value) {
    return tagged(value, Function.identity(), ExportLines::json);
  }

  /** DynamoDB JSON as the classes of the SDK's first version write it. */
  static String legacy(Map<String, Value> item) {
    return object(item, ExportLines::legacy);
  }

  private static String legacy(Value value) {
    return tagged(
        value,
        tag ->
            switch (tag) {
              case "NULL" -> "nULLValue";
              case "BOOL" -> "bOOL";
              case "SS", "NS", "BS" -> tag.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + "S";
              default -> tag.toLowerCase(java.util.Locale.ROOT);
            },
        ExportLines::legacy);
  }

  /** {@code name<0x03>value<0x02>name<0x03>value}. */
  static String oldest(Map<String, Value> item) {
    return item.entrySet().stream()
        .map(entry -> entry.getKey() + "\u0003" + legacy(entry.getValue()))
        .collect(Collectors.joining("\u0002"));
  }

  private static String tagged(
      Value value, Function<String, String> tag, Function<Value, String> below) {
    String type = value.getClass().getSimpleName();
    String content;
    if (value instanceof Value.S s) {
      content = quoted(s.text());
    } else if (value instanceof Value.N n) {
      content = quoted(n.text());
    } else if (value instanceof Value.B b) {
      content = quoted(base64(b));
    } else if (value instanceof Value.Bool bool) {
      type = "BOOL";
      content = Boolean.toString(bool.value());
    } else if (value instanceof Value.M m) {
      content = object(m.entries(), below);
    } else if (value instanceof Value.L l) {
      content = array(l.elements(), below);
    } else if (value instanceof Value.SS ss) {
      content = array(ss.elements(), ExportLines::quoted);
    } else if (value instanceof Value.NS ns) {
      content = array(ns.elements(), ExportLines::quoted);
    } else if (value instanceof Value.BS bs) {
      content = array(bs.elements(), each -> quoted(base64(each)));
    } else {
      type = "NULL";
      content = "true";
    }
    return "{" + quoted(tag.apply(type)) + ":" + content + "}";
  }

  /** Text Ion. */
  static String ion(Map<String, Value> item) {
    return object(item, ExportLines::ion);
  }

  private static String ion(Value value) {
    if (value instanceof Value.S s) {
      return quoted(s.text());
    } else if (value instanceof Value.N n) {
      return decimal(n.text());
    } else if (value instanceof Value.B b) {
      return "{{" + base64(b) + "}}";
    } else if (value instanceof Value.Bool bool) {
      return Boolean.toString(bool.value());
    } else if (value instanceof Value.M m) {
      return ion(m.entries());
    } else if (value instanceof Value.L l) {
      return array(l.elements(), ExportLines::ion);
    } else if (value instanceof Value.SS ss) {
      return "$dynamodb_SS::" + array(ss.elements(), ExportLines::quoted);
    } else if (value instanceof Value.NS ns) {
      return "$dynamodb_NS::" + array(ns.elements(), ExportLines::decimal);
    } else if (value instanceof Value.BS bs) {
      return "$dynamodb_BS::" + array(bs.elements(), each -> "{{" + base64(each) + "}}");
    }
    return "null";
  }

  private static String decimal(String number) {
    BigDecimal decimal = new BigDecimal(number);
    return decimal.scale() == 0
        ? decimal.unscaledValue() + "."
        : decimal.unscaledValue() + "d" + -decimal.scale();
  }

  private static String base64(Value.B binary) {
    return Base64.getEncoder().encodeToString(binary.bytes());
  }

  private static String object(Map<String, Value> entries, Function<Value, String> value) {
    return entries.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + value.apply(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static <T> String array(Collection<T> elements, Function<T, String> element) {
    return elements.stream().map(element).collect(Collectors.joining(",", "[", "]"));
  }

  static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
