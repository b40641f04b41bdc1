package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The requests that read a table's segments. Immutable. */
final class ScanBody {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OURS = "#dynaloadKey";

  /** What a path has that leads to a part of an attribute, and no attribute's bare name. */
  private static final Pattern INTO_A_VALUE = Pattern.compile("[.\\[]");

  /** All but what changes from page to page, without the closing brace. */
  private final byte[] beginning;

  /**
   * @param keys the names of the attributes that a position is made of; they are always read
   */
  ScanBody(String table, ScanQuery query, List<String> keys) {
    ObjectNode request = JSON.createObjectNode();
    request.put("TableName", table).put("ReturnConsumedCapacity", "TOTAL");
    if (query.consistentRead()) {
      request.put("ConsistentRead", true);
    }
    if (query.index() != null) {
      request.put("IndexName", query.index());
    }
    Map<String, String> names = new TreeMap<>(query.placeholders().names());
    if (query.projection() != null) {
      request.put("ProjectionExpression", withKeys(query.projection(), keys, names));
    } else if (!query.attributes().isEmpty()) {
      request.put("ProjectionExpression", projection(query.attributes(), keys, names));
    }
    if (query.filter() != null) {
      request.put("FilterExpression", query.filter());
    }
    if (!names.isEmpty()) {
      ObjectNode all = request.putObject("ExpressionAttributeNames");
      names.forEach(all::put);
    }
    String text = request.toString();
    String values = query.placeholders().values();
    beginning =
        (text.substring(0, text.length() - 1)
                + (values.isEmpty() ? "" : ",\"ExpressionAttributeValues\":" + values))
            .getBytes(UTF_8);
  }

  /** Every one by a placeholder: a name may be a reserved word, or hold a dot or a bracket. */
  private static String projection(
      List<String> attributes, List<String> keys, Map<String, String> names) {
    Set<String> all = new LinkedHashSet<>(attributes);
    all.addAll(keys);
    List<String> paths = new ArrayList<>();
    for (String attribute : all) {
      String path = "#a" + paths.size();
      while (names.containsKey(path)) {
        path += "_";
      }
      names.put(path, attribute);
      paths.add(path);
    }
    return String.join(", ", paths);
  }

  /** Adds the key's attributes that the projection lacks: two paths to one would be refused. */
  private static String withKeys(String projection, List<String> keys, Map<String, String> names) {
    Set<String> there = new HashSet<>();
    for (String path : projection.split(",", -1)) {
      String named = names.get(path.strip());
      if (named != null) {
        there.add(named);
      } else if (!INTO_A_VALUE.matcher(path).find()) {
        there.add(path.strip());
      }
    }
    StringBuilder whole = new StringBuilder(projection);
    for (String key : keys) {
      if (!there.contains(key)) {
        String name = OURS + names.size();
        names.put(name, key);
        whole.append(", ").append(name);
      }
    }
    return whole.toString();
  }

  /**
   * The request of a segment's next page.
   *
   * @param position the key to go on behind, as JSON; "" for the first page
   * @param limit items that the service looks at; 0 for as many as fit a page
   */
  byte[] page(int segment, int total, String position, int limit) {
    StringBuilder rest =
        new StringBuilder()
            .append(",\"Segment\":")
            .append(segment)
            .append(",\"TotalSegments\":")
            .append(total);
    if (limit > 0) {
      rest.append(",\"Limit\":").append(limit);
    }
    if (!position.isEmpty()) {
      rest.append(",\"ExclusiveStartKey\":").append(position);
    }
    byte[] end = rest.append('}').toString().getBytes(UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream(beginning.length + end.length);
    body.writeBytes(beginning);
    body.writeBytes(end);
    return body.toByteArray();
  }
}
