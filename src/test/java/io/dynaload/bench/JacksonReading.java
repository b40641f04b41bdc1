package io.dynaload.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The usual way: a tree of each line, and the SDK's attribute values of that. */
final class JacksonReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JacksonReading() {}

  static long items(Path file) throws IOException {
    long items = 0;
    try (MappingIterator<JsonNode> lines =
        JSON.readerFor(JsonNode.class).readValues(ExportBench.open(file))) {
      while (lines.hasNextValue()) {
        items += map(lines.nextValue().get("Item")).isEmpty() ? 0 : 1;
      }
    }
    return items;
  }

  private static Map<String, AttributeValue> map(JsonNode node) throws IOException {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      map.put(entry.getKey(), value(entry.getValue()));
    }
    return map;
  }

  private static AttributeValue value(JsonNode node) throws IOException {
    Map.Entry<String, JsonNode> typed = node.properties().iterator().next();
    JsonNode payload = typed.getValue();
    return switch (typed.getKey()) {
      case "S" -> AttributeValue.fromS(payload.textValue());
      case "N" -> AttributeValue.fromN(payload.textValue());
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(payload.binaryValue()));
      case "BOOL" -> AttributeValue.fromBool(payload.booleanValue());
      case "NULL" -> AttributeValue.fromNul(true);
      case "M" -> AttributeValue.fromM(map(payload));
      case "L" -> {
        List<AttributeValue> elements = new ArrayList<>();
        for (JsonNode element : payload) {
          elements.add(value(element));
        }
        yield AttributeValue.fromL(elements);
      }
      case "SS", "NS" -> {
        List<String> elements = new ArrayList<>();
        for (JsonNode element : payload) {
          elements.add(element.textValue());
        }
        yield typed.getKey().equals("SS")
            ? AttributeValue.fromSs(elements)
            : AttributeValue.fromNs(elements);
      }
      default -> throw new IOException("unknown type " + typed.getKey());
    };
  }
}
