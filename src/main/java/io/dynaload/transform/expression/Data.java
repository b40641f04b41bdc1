package io.dynaload.transform.expression;

import static io.dynaload.transform.expression.Function.ANY;
import static io.dynaload.transform.expression.Function.NUMBER;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.dynaload.item.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of numbers, lists and maps, and JSON. */
final class Data {
  private static final JsonFactory JSON = new JsonFactory();

  /** To read a longer one takes time by the square of its length. */
  private static final int LONGEST_NUMBER = 10 * Values.MAX_MAGNITUDE;

  private static final ListType LIST = ListType.create(ANY);
  private static final MapType MAP = MapType.create(SimpleType.STRING, ANY);

  private Data() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    for (CelType type : List.of(SimpleType.STRING, SimpleType.BYTES, LIST, MAP)) {
      all.add(Function.of("size", NUMBER, List.of(type), a -> size(a[0])));
      all.add(Function.member("size", NUMBER, List.of(type), a -> size(a[0])));
    }
    all.addAll(others());
    return all;
  }

  private static List<Function> others() {
    return List.of(
        Function.of("round", NUMBER, List.of(NUMBER, NUMBER), a -> round(a[0], a[1])),
        Function.of("round", NUMBER, List.of(NUMBER), a -> round(a[0], BigDecimal.ZERO)),
        Function.of("number", NUMBER, List.of(ANY), a -> number(a[0])),
        Function.of(
            "merge", MAP, List.of(MAP, MAP), a -> merge((Map<?, ?>) a[0], (Map<?, ?>) a[1])),
        Function.of("json_parse", ANY, List.of(SimpleType.STRING), a -> jsonParse((String) a[0])),
        Function.of("json_text", SimpleType.STRING, List.of(ANY), a -> jsonText(a[0])));
  }

  /** Half away from zero. */
  private static Object round(Object number, Object digits) throws EvaluationException {
    try {
      int scale = ((BigDecimal) digits).intValueExact();
      if (Math.abs((long) scale) <= Values.MAX_MAGNITUDE) {
        return ((BigDecimal) number).setScale(scale, RoundingMode.HALF_UP);
      }
    } catch (ArithmeticException e) {
      // As too many.
    }
    throw EvaluationException.wrongType("round needs a whole number of digits, 1000 at most");
  }

  static Object number(Object value) throws EvaluationException {
    if (value instanceof BigDecimal) {
      return value;
    }
    if (!(value instanceof String text)) {
      throw EvaluationException.wrongType(
          "a number can be made of a text, not of " + Values.kindOf(value));
    }
    if (text.length() > LONGEST_NUMBER) {
      throw new EvaluationException(Fault.NUMBER_OUT_OF_RANGE, "the text is far too long a number");
    }
    try {
      return Values.inRange(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new EvaluationException(Fault.BAD_TEXT, "the text is no number");
    }
  }

  private static Object size(Object value) throws EvaluationException {
    int size;
    if (value instanceof String text) {
      size = text.codePointCount(0, text.length());
    } else if (value instanceof List<?> list) {
      size = list.size();
    } else if (value instanceof Map<?, ?> map) {
      size = map.size();
    } else if (value instanceof Value.B binary) {
      size = binary.bytes().length;
    } else {
      throw EvaluationException.wrongType(
          "size needs a text, a binary, a list or a map, not " + Values.kindOf(value));
    }
    return BigDecimal.valueOf(size);
  }

  /** The entries of both; where both have one, that of the second. */
  private static Object merge(Map<?, ?> a, Map<?, ?> b) {
    Map<Object, Object> both = new LinkedHashMap<>(a);
    both.putAll(b);
    return both;
  }

  private static Object jsonParse(String text) throws EvaluationException {
    try (JsonParser in = JSON.createParser(text)) {
      Object value = json(in, in.nextToken());
      if (in.nextToken() == null) {
        return value;
      }
    } catch (IOException | NumberFormatException e) {
      // As any other text that is no JSON.
    }
    throw new EvaluationException(Fault.BAD_TEXT, "the text is no JSON");
  }

  private static Object json(JsonParser in, @Nullable JsonToken token)
      throws IOException, EvaluationException {
    if (token == null) {
      throw new EvaluationException(Fault.BAD_TEXT, "the text is no JSON");
    }
    return switch (token) {
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Values.inRange(new BigDecimal(in.getText()));
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Nothing.NULL;
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
          list.add(json(in, t));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          map.put(name, json(in, in.nextToken()));
        }
        yield map;
      }
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new EvaluationException(Fault.BAD_TEXT, "the text is no JSON");
    };
  }

  private static String jsonText(Object value) throws EvaluationException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(value, out);
    } catch (IOException e) {
      throw new EvaluationException(Fault.BAD_TEXT, "what becomes JSON is nested too deep");
    }
    return text.toString();
  }

  /** A set is an array, a binary a text in Base64. */
  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(Values.plain(number));
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object element : list) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof Value.B binary) {
      out.writeString(Base64.getEncoder().encodeToString(binary.bytes()));
    } else {
      out.writeNull();
    }
  }
}
