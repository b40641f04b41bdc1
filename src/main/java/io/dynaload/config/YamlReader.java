package io.dynaload.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into {@link Node}s. Every scalar keeps its text. Refused, with file and line: what is
 * not YAML, anchors, aliases and tags, a key that stands twice, a second document, more than
 * {@value #MAX_DEPTH} levels. No message repeats a value of the file, since it may be a secret.
 */
final class YamlReader {
  private static final YAMLFactory FACTORY = new YAMLFactory();
  private static final int MAX_DEPTH = 32;

  private final YAMLParser parser;
  private final Function<JsonLocation, Place> places;
  private int depth;

  private YamlReader(YAMLParser parser, Function<JsonLocation, Place> places) {
    this.parser = parser;
    this.places = places;
  }

  /** The one document of a file, which {@code label} stands for in messages. */
  static Node readFile(String label, String text) {
    refuseControlCharacters(label, text);
    Function<JsonLocation, Place> places =
        at -> new Place(label, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    return read(text, places, new Place(label, 1, 1));
  }

  /** The parser would refuse them too, but without their line. */
  private static void refuseControlCharacters(String label, String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw error(
            new Place(label, line, 1), String.format("not valid YAML: the character U+%04X", c));
      }
      line += c == '\n' ? 1 : 0;
    }
  }

  /** The value of an override. */
  static Node readOverride(Place place, String text) {
    return read(text, at -> place, place);
  }

  private static Node read(String text, Function<JsonLocation, Place> places, Place start) {
    try (YAMLParser parser = FACTORY.createParser(new ShortReads(text))) {
      return new YamlReader(parser, places).document(start);
    } catch (JsonProcessingException e) {
      // Not kept as the cause: its message quotes the line, and with it perhaps a password.
      throw YamlSyntax.error(e, places, start);
    } catch (IOException e) {
      throw error(start, "not valid YAML (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Node document(Place start) throws IOException {
    if (parser.nextToken() == null) {
      return new Node.Missing(start);
    }
    Node root = node();
    if (parser.nextToken() != null) {
      throw error(
          here(), "a second YAML document begins here; a file holds one (remove the line ---)");
    }
    return root;
  }

  private Node node() throws IOException {
    Place place = here();
    refuseShorthand(place);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place);
      case START_ARRAY -> sequence(place);
      case VALUE_NULL -> new Node.Missing(place);
      default -> new Node.Scalar(place, parser.getText());
    };
  }

  private Node mapping(Place place) throws IOException {
    descend(place);
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Place keyPlace = here();
      refuseShorthand(keyPlace);
      String key = Objects.requireNonNull(parser.currentName());
      Node.Entry first = entries.get(key);
      if (first != null) {
        throw error(
            keyPlace,
            "the key \""
                + Masked.text(key)
                + "\" stands twice; it is in line "
                + first.keyPlace().line()
                + " too");
      }
      parser.nextToken();
      entries.put(key, new Node.Entry(keyPlace, node()));
    }
    depth--;
    return new Node.Mapping(place, entries);
  }

  private Node sequence(Place place) throws IOException {
    descend(place);
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node());
    }
    depth--;
    return new Node.Sequence(place, elements);
  }

  private void descend(Place place) {
    if (++depth > MAX_DEPTH) {
      throw error(place, "more than " + MAX_DEPTH + " levels of nesting");
    }
  }

  /** An alias can make a small file huge, and a tag can make a value another type. */
  private void refuseShorthand(Place place) throws IOException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw error(
          place,
          "anchors (&) and aliases (*) are not supported; put a text that begins so in quotes");
    }
    if (parser.getTypeId() != null) {
      throw error(place, "tags (!) are not supported; put a text that begins so in quotes");
    }
  }

  private Place here() {
    return places.apply(parser.currentTokenLocation());
  }

  static ImportException error(Place place, String message) {
    return new ImportException(
        ErrorCode.CONFIGURATION, place + ": " + message, "Correct the line and start again.");
  }
}
