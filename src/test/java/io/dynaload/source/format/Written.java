package io.dynaload.source.format;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonTextWriterBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.item.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes items in the layouts of files, with Jackson and Ion's own writer. */
final class Written {
  static final long MICROS = 1680109764000123L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Written() {}

  interface Writer {
    String write(Map<String, Value> item) throws IOException;
  }

  private interface Tags {
    String of(String type);
  }

  static String bare(Map<String, Value> item) throws IOException {
    return JSON.writeValueAsString(map(item, type -> type));
  }

  static String full(Map<String, Value> item) throws IOException {
    return "{\"Item\":" + bare(item) + "}";
  }

  static String incremental(Map<String, Value> item) throws IOException {
    return ("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"" + MICROS + "\"}},")
        + ("\"Keys\":{\"pk\":{\"S\":\"any\"}},\"OldImage\":{\"pk\":{\"S\":\"any\"}},\"NewImage\":")
        + (bare(item) + "}");
  }

  /** The types as the export of Data Pipeline writes them: all but the first letter in capitals. */
  private static String legacyTag(String type) {
    return type.equals("NULL")
        ? "nULLValue"
        : type.substring(0, 1).toLowerCase() + type.substring(1);
  }

  static String legacy(Map<String, Value> item) throws IOException {
    return JSON.writeValueAsString(map(item, Written::legacyTag));
  }

  static String oldest(Map<String, Value> item) throws IOException {
    ObjectNode map = map(item, Written::legacyTag);
    return map.properties().stream()
        .map(entry -> entry.getKey() + "\u0003" + entry.getValue())
        .collect(Collectors.joining("\u0002"));
  }

  private static ObjectNode map(Map<String, Value> entries, Tags tags) {
    ObjectNode map = JSON.createObjectNode();
    entries.forEach((name, value) -> map.set(name, value(value, tags)));
    return map;
  }

  private static ObjectNode value(Value value, Tags tags) {
    ObjectNode node = JSON.createObjectNode();
    if (value instanceof Value.S s) {
      node.put(tags.of("S"), s.text());
    } else if (value instanceof Value.N n) {
      node.put(tags.of("N"), n.text());
    } else if (value instanceof Value.B b) {
      node.put(tags.of("B"), b.bytes());
    } else if (value instanceof Value.Bool bool) {
      node.put(tags.of("BOOL"), bool.value());
    } else if (value instanceof Value.Null) {
      node.put(tags.of("NULL"), true);
    } else if (value instanceof Value.M m) {
      node.set(tags.of("M"), map(m.entries(), tags));
    } else if (value instanceof Value.L l) {
      ArrayNode list = node.putArray(tags.of("L"));
      l.elements().forEach(element -> list.add(value(element, tags)));
    } else if (value instanceof Value.SS ss) {
      texts(node.putArray(tags.of("SS")), ss.elements());
    } else if (value instanceof Value.NS ns) {
      texts(node.putArray(tags.of("NS")), ns.elements());
    } else if (value instanceof Value.BS bs) {
      ArrayNode set = node.putArray(tags.of("BS"));
      bs.elements().forEach(element -> set.add(element.bytes()));
    }
    return node;
  }

  /** JSON without types: sets are arrays, binaries are texts. */
  static String plain(Map<String, Value> item) throws IOException {
    return JSON.writeValueAsString(plain(new Value.M(item)));
  }

  private static Object plain(Value value) {
    if (value instanceof Value.S s) {
      return s.text();
    } else if (value instanceof Value.N n) {
      return new BigDecimal(n.text());
    } else if (value instanceof Value.B b) {
      return b.bytes();
    } else if (value instanceof Value.Bool bool) {
      return bool.value();
    } else if (value instanceof Value.M m) {
      Map<String, Object> map = new LinkedHashMap<>();
      m.entries().forEach((name, entry) -> map.put(name, plain(entry)));
      return map;
    } else if (value instanceof Value.L l) {
      return l.elements().stream().map(Written::plain).toList();
    } else if (value instanceof Value.SS ss) {
      return ss.elements();
    } else if (value instanceof Value.NS ns) {
      return ns.elements().stream().map(BigDecimal::new).toList();
    } else if (value instanceof Value.BS bs) {
      return bs.elements().stream().map(Value.B::bytes).toList();
    }
    return JSON.nullNode();
  }

  private static void texts(ArrayNode array, Collection<String> texts) {
    texts.forEach(array::add);
  }

  static String ionExport(Map<String, Value> item) throws IOException {
    return "$ion_1_0 {Item:" + ionBare(item) + "}";
  }

  static String ionIncremental(Map<String, Value> item) throws IOException {
    return ("$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:" + MICROS + ".},")
        + ("Keys:{pk:\"any\"},NewImage:" + ionBare(item) + ",OldImage:{pk:\"any\"}}}");
  }

  static String ionBare(Map<String, Value> item) throws IOException {
    return ion(item, IonTextWriterBuilder.standard());
  }

  static String ionPretty(Map<String, Value> item) throws IOException {
    return ion(item, IonTextWriterBuilder.pretty());
  }

  private static String ion(Map<String, Value> item, IonTextWriterBuilder builder)
      throws IOException {
    StringBuilder text = new StringBuilder();
    try (IonWriter writer = builder.build(text)) {
      write(new Value.M(item), writer);
    }
    return text.toString();
  }

  static void write(Value value, IonWriter writer) throws IOException {
    if (value instanceof Value.S s) {
      writer.writeString(s.text());
    } else if (value instanceof Value.N n) {
      writer.writeDecimal(new BigDecimal(n.text()));
    } else if (value instanceof Value.B b) {
      writer.writeBlob(b.bytes());
    } else if (value instanceof Value.Bool bool) {
      writer.writeBool(bool.value());
    } else if (value instanceof Value.Null) {
      writer.writeNull();
    } else if (value instanceof Value.M m) {
      writer.stepIn(IonType.STRUCT);
      for (Map.Entry<String, Value> entry : m.entries().entrySet()) {
        writer.setFieldName(entry.getKey());
        write(entry.getValue(), writer);
      }
      writer.stepOut();
    } else if (value instanceof Value.L l) {
      list(l.elements(), writer);
    } else if (value instanceof Value.SS ss) {
      writer.addTypeAnnotation("$dynamodb_SS");
      list(ss.elements().stream().map(text -> (Value) new Value.S(text)).toList(), writer);
    } else if (value instanceof Value.NS ns) {
      writer.addTypeAnnotation("$dynamodb_NS");
      list(ns.elements().stream().map(text -> (Value) new Value.N(text)).toList(), writer);
    } else if (value instanceof Value.BS bs) {
      writer.addTypeAnnotation("$dynamodb_BS");
      list(bs.elements(), writer);
    }
  }

  private static void list(Collection<? extends Value> elements, IonWriter writer)
      throws IOException {
    writer.stepIn(IonType.LIST);
    for (Value element : elements) {
      write(element, writer);
    }
    writer.stepOut();
  }
}
