package io.dynaload.source.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ion in DynamoDB's types: structs are M, lists L, strings and symbols S, all numbers N, blobs B,
 * timestamps S in their ISO-8601 form, every null is NULL. A list annotated with {@code
 * $dynamodb_SS}, {@code $dynamodb_NS} or {@code $dynamodb_BS} is a set. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     developer guide, table export output format</a>
 */
final class IonValues {
  private static final int MAX_DEPTH = 32;

  /** Far more than 38 digits; turning a number of millions of bits into text takes minutes. */
  private static final int MOST_BITS = 4096;

  private IonValues() {}

  /**
   * The fields of a struct.
   *
   * @param reader at the struct
   * @param level of the struct, the item being 0
   * @param inEnvelope whether it may hold the item as its field, which lies one level deeper then
   */
  static Map<String, Value> attributes(IonReader reader, int level, boolean inEnvelope)
      throws InvalidItemException {
    if (level >= MAX_DEPTH + (inEnvelope ? 1 : 0)) {
      throw new InvalidItemException(Reason.TOO_DEEP, "nested deeper than 32 levels");
    }
    Map<String, Value> attributes = new LinkedHashMap<>();
    reader.stepIn();
    for (IonType type = reader.next(); type != null; type = reader.next()) {
      String name = fieldName(reader);
      if (attributes.put(name, value(reader, type, level, inEnvelope)) != null) {
        throw new InvalidItemException(
            Reason.DUPLICATE_ATTRIBUTE,
            level == 0 ? "two attributes have the same name" : "two entries have the same name");
      }
    }
    reader.stepOut();
    return attributes;
  }

  static String fieldName(IonReader reader) throws InvalidItemException {
    String name = reader.getFieldName();
    if (name == null) {
      throw new InvalidItemException(Reason.MALFORMED, "a field has no name");
    }
    return name;
  }

  private static Value value(IonReader reader, IonType type, int level, boolean inEnvelope)
      throws InvalidItemException {
    if (reader.isNullValue()) {
      return new Value.Null();
    }
    return switch (type) {
      case BOOL -> new Value.Bool(reader.booleanValue());
      case INT -> integer(reader.bigIntegerValue());
      case DECIMAL -> decimal(reader.bigDecimalValue());
      case FLOAT -> floating(reader.doubleValue());
      case STRING, SYMBOL -> new Value.S(reader.stringValue());
      case TIMESTAMP -> new Value.S(reader.timestampValue().toString());
      case BLOB -> new Value.B(reader.newBytes());
      case STRUCT -> new Value.M(attributes(reader, level + 1, inEnvelope));
      case LIST -> list(reader, level + 1, inEnvelope);
      case NULL -> new Value.Null();
      case CLOB, SEXP, DATAGRAM ->
          throw new InvalidItemException(
              Reason.UNSUPPORTED_VALUE, "DynamoDB has no type for Ion's " + type);
    };
  }

  private static Value integer(BigInteger value) throws InvalidItemException {
    checkBits(value);
    return new Value.N(value.toString());
  }

  private static Value decimal(BigDecimal value) throws InvalidItemException {
    checkBits(value.unscaledValue());
    return new Value.N(value.toString());
  }

  private static void checkBits(BigInteger digits) throws InvalidItemException {
    if (digits.bitLength() > MOST_BITS) {
      throw new InvalidItemException(
          Reason.NUMBER, "the number has more than 38 significant digits");
    }
  }

  private static Value floating(double value) throws InvalidItemException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new InvalidItemException(
          Reason.UNSUPPORTED_VALUE, "NaN and infinity are no numbers to DynamoDB");
    }
    return new Value.N(BigDecimal.valueOf(value).toString());
  }

  private static Value list(IonReader reader, int level, boolean inEnvelope)
      throws InvalidItemException {
    String[] annotations = reader.getTypeAnnotations();
    if (annotations.length == 1 && annotations[0].startsWith("$dynamodb_")) {
      return set(reader, annotations[0]);
    }
    if (level >= MAX_DEPTH + (inEnvelope ? 1 : 0)) {
      throw new InvalidItemException(Reason.TOO_DEEP, "nested deeper than 32 levels");
    }
    List<Value> elements = new ArrayList<>();
    reader.stepIn();
    for (IonType type = reader.next(); type != null; type = reader.next()) {
      elements.add(value(reader, type, level, inEnvelope));
    }
    reader.stepOut();
    return new Value.L(elements);
  }

  private static Value set(IonReader reader, String annotation) throws InvalidItemException {
    Set<String> texts = new LinkedHashSet<>();
    Set<Value.B> binaries = new LinkedHashSet<>();
    int count = 0;
    reader.stepIn();
    for (IonType type = reader.next(); type != null; type = reader.next()) {
      Value element = value(reader, type, MAX_DEPTH, false);
      count++;
      if (element instanceof Value.S s && annotation.equals("$dynamodb_SS")) {
        texts.add(s.text());
      } else if (element instanceof Value.N n && annotation.equals("$dynamodb_NS")) {
        texts.add(n.text());
      } else if (element instanceof Value.B b && annotation.equals("$dynamodb_BS")) {
        binaries.add(b);
      } else {
        throw new InvalidItemException(
            Reason.MALFORMED, "the annotation of a set that its elements are not of");
      }
    }
    reader.stepOut();
    if (texts.size() + binaries.size() < count) {
      throw new InvalidItemException(Reason.DUPLICATE_IN_SET, "the set holds an element twice");
    }
    return switch (annotation) {
      case "$dynamodb_SS" -> new Value.SS(texts);
      case "$dynamodb_NS" -> new Value.NS(texts);
      case "$dynamodb_BS" -> new Value.BS(binaries);
      default -> throw new InvalidItemException(Reason.MALFORMED, "an unknown type of set");
    };
  }
}
