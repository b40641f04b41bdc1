package io.dynaload.deadletter;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads letters wherever they stand. The files that were read last stay open, so that letters that
 * follow one another in several files are read without looking for each. Not thread-safe.
 */
public final class LetterFiles implements AutoCloseable {
  /** A buffer of 64 KB each. */
  private static final int MOST_OPEN = 64;

  private final Map<String, DeadLetterReader> open =
      new LinkedHashMap<>(MOST_OPEN, 0.75f, /* accessOrder= */ true);

  /**
   * The letter that stands there.
   *
   * @throws IOException if the file cannot be read, or has become shorter
   */
  public DeadLetter at(LetterPlace place) throws IOException {
    DeadLetterReader reader = reader(place.file());
    reader.seek(place);
    @Nullable DeadLetter letter = reader.next();
    if (letter == null) {
      throw new EOFException(place.file() + " has changed while it was read");
    }
    return letter;
  }

  private DeadLetterReader reader(String file) throws IOException {
    @Nullable DeadLetterReader known = open.get(file);
    if (known != null) {
      return known;
    }
    if (open.size() >= MOST_OPEN) {
      String eldest = open.keySet().iterator().next();
      close(open.get(eldest));
      open.remove(eldest);
    }
    DeadLetterReader opened = new DeadLetterReader(file);
    open.put(file, opened);
    return opened;
  }

  private static void close(@Nullable DeadLetterReader reader) {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      // It was read only.
    }
  }

  @Override
  public void close() {
    open.values().forEach(LetterFiles::close);
    open.clear();
  }
}
