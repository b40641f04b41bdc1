package io.dynaload.item;

import java.nio.charset.StandardCharsets;

/** Where in an item a reader is; put into words only when something is wrong there. */
final class AttributePath {
  private static final int LONGEST_NAME = 100;

  /** Where the name of each level begins, or the complement of an index in a list. */
  private final int[] starts = new int[ItemValidator.MAX_DEPTH];

  private final int[] ends = new int[ItemValidator.MAX_DEPTH];
  private int depth;

  void clear() {
    depth = 0;
  }

  /** Enters an attribute, whose name's text is given by its place. */
  void enter(int level, int nameStart, int nameEnd) {
    starts[level] = nameStart;
    ends[level] = nameEnd;
    depth = level + 1;
  }

  /** Enters an element of a list. */
  void enter(int level, int index) {
    starts[level] = ~index;
    depth = level + 1;
  }

  void leave(int level) {
    depth = level;
  }

  /** For a message, such as {@code "attribute address.lines[2]: "}; empty outside of attributes. */
  String prefix(byte[] json) {
    if (depth == 0) {
      return "";
    }
    StringBuilder path = new StringBuilder("attribute ");
    for (int level = 0; level < depth; level++) {
      if (starts[level] < 0) {
        path.append('[').append(~starts[level]).append(']');
        continue;
      }
      path.append(level == 0 ? "" : ".");
      byte[] name = Json.unescape(json, starts[level], ends[level]);
      String text = new String(name, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
      path.append(text, 0, Math.min(text.length(), LONGEST_NAME));
    }
    return path.append(": ").toString();
  }
}
