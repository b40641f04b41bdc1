package io.dynaload.source.format;

import com.amazon.ion.IonBlob;
import com.amazon.ion.IonBool;
import com.amazon.ion.IonDatagram;
import com.amazon.ion.IonDecimal;
import com.amazon.ion.IonFloat;
import com.amazon.ion.IonInt;
import com.amazon.ion.IonList;
import com.amazon.ion.IonStruct;
import com.amazon.ion.IonSystem;
import com.amazon.ion.IonText;
import com.amazon.ion.IonTimestamp;
import com.amazon.ion.IonValue;
import com.amazon.ion.system.IonSystemBuilder;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a line of Ion means, told from the tree that ion-java makes of it; null if it is not valid.
 */
final class IonOracle {
  private static final IonSystem ION = IonSystemBuilder.standard().build();

  private IonOracle() {}

  static @Nullable Item fullExport(String line) {
    try {
      IonDatagram values = ION.getLoader().load(line);
      Oracle.require(values.size() == 1 && values.get(0) instanceof IonStruct);
      IonStruct record = (IonStruct) values.get(0);
      Oracle.require(record.size() == 1 && record.get("Item") instanceof IonStruct);
      return RandomItems.encode(attributes((IonStruct) record.get("Item")));
    } catch (InvalidItemException | RuntimeException e) {
      return null;
    }
  }

  private static Map<String, Value> attributes(IonStruct struct) {
    Oracle.require(!struct.isNullValue());
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (IonValue field : struct) {
      Oracle.require(attributes.put(field.getFieldName(), value(field)) == null);
    }
    return attributes;
  }

  private static Value value(IonValue value) {
    if (value.isNullValue()) {
      return new Value.Null();
    } else if (value instanceof IonText text) {
      return new Value.S(text.stringValue());
    } else if (value instanceof IonDecimal decimal) {
      return new Value.N(decimal.bigDecimalValue().toString());
    } else if (value instanceof IonInt integer) {
      return new Value.N(integer.bigIntegerValue().toString());
    } else if (value instanceof IonFloat floating) {
      return new Value.N(BigDecimal.valueOf(floating.doubleValue()).toString());
    } else if (value instanceof IonBool bool) {
      return new Value.Bool(bool.booleanValue());
    } else if (value instanceof IonTimestamp timestamp) {
      return new Value.S(timestamp.timestampValue().toString());
    } else if (value instanceof IonBlob blob) {
      return new Value.B(blob.getBytes());
    } else if (value instanceof IonStruct struct) {
      return new Value.M(attributes(struct));
    } else if (value instanceof IonList list) {
      return list(list);
    }
    throw new Oracle.NotValid();
  }

  private static Value list(IonList list) {
    List<Value> elements = new ArrayList<>();
    for (IonValue element : list) {
      elements.add(value(element));
    }
    String[] annotations = list.getTypeAnnotations();
    if (annotations.length != 1 || !annotations[0].startsWith("$dynamodb_")) {
      return new Value.L(elements);
    }
    Set<String> texts = new LinkedHashSet<>();
    Set<Value.B> binaries = new LinkedHashSet<>();
    for (Value element : elements) {
      switch (annotations[0]) {
        case "$dynamodb_SS" -> Oracle.require(texts.add(((Value.S) element).text()));
        case "$dynamodb_NS" -> Oracle.require(texts.add(((Value.N) element).text()));
        case "$dynamodb_BS" -> Oracle.require(binaries.add((Value.B) element));
        default -> throw new Oracle.NotValid();
      }
    }
    return switch (annotations[0]) {
      case "$dynamodb_SS" -> new Value.SS(texts);
      case "$dynamodb_NS" -> new Value.NS(texts);
      default -> new Value.BS(binaries);
    };
  }
}
