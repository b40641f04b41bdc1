package io.dynaload.transform;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute, or what lies in one: names with dots between them. A backslash takes the meaning of
 * a dot, or of itself, away: {@code a\.b} is one name.
 */
record AttributePath(List<String> names) implements Serializable {
  AttributePath {
    names = List.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException with the rest of a sentence that begins with the path
   */
  static AttributePath parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && ".\\".indexOf(text.charAt(i + 1)) >= 0) {
        name.append(text.charAt(++i));
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    if (names.contains("")) {
      throw new IllegalArgumentException("has an empty name; a name with a dot is written a\\.b");
    }
    return new AttributePath(names);
  }

  /**
   * The same, where only a whole attribute will do.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the path
   */
  static String attribute(String text) {
    AttributePath path = parse(text);
    if (path.isNested()) {
      throw new IllegalArgumentException(
          "lies within an attribute, and this step takes whole ones only; a name with a dot is"
              + " written a\\.b");
    }
    return path.attribute();
  }

  /** The name of the attribute that it is, or lies in. */
  String attribute() {
    return names.get(0);
  }

  boolean isNested() {
    return names.size() > 1;
  }
}
