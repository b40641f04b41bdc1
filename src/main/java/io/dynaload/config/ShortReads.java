package io.dynaload.config;

import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;

/**
 * Hands out a text in pieces that leave room in the YAML parser's buffer of 1,024 chars. Where a
 * piece ends between the two chars of a character, the parser asks for the second, and fails if its
 * buffer is full.
 */
final class ShortReads extends FilterReader {
  private static final int MOST = 1_000;

  ShortReads(String text) {
    super(new StringReader(text));
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    return super.read(buffer, offset, Math.min(length, MOST));
  }
}
