package io.dynaload.deadletter;

import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the letters in some files count: of each id the newest one. Made by reading all of them
 * once; it holds some 300 bytes a letter. Immutable.
 */
public final class LetterIndex {
  private record Place(int file, long line, Stage stage, Instant time) {
    static Place of(DeadLetter letter, int file, long line) {
      return new Place(file, line, letter.item().rejection().stage(), letter.time());
    }
  }

  private final Map<String, Place> places;

  private LetterIndex(Map<String, Place> places) {
    this.places = places;
  }

  /**
   * Reads the files.
   *
   * @param files as {@link DeadLetterStore#toReplay} names them
   * @throws io.dynaload.error.ImportException (CONFIGURATION) with the first line that is no letter
   */
  public static LetterIndex of(List<String> files) throws IOException {
    Map<String, Place> places = new HashMap<>();
    for (int file = 0; file < files.size(); file++) {
      try (DeadLetterReader reader = new DeadLetterReader(files.get(file))) {
        @Nullable DeadLetter letter;
        while ((letter = reader.next()) != null) {
          places.merge(letter.id(), Place.of(letter, file, reader.line()), LetterIndex::newer);
        }
      }
    }
    return new LetterIndex(places);
  }

  private static Place newer(Place one, Place next) {
    return next.time().isBefore(one.time()) ? one : next;
  }

  /** How many letters count. */
  public long size() {
    return places.size();
  }

  /** How many of those count that this stage rejected. */
  public long size(Stage stage) {
    return places.values().stream().filter(place -> place.stage() == stage).count();
  }

  /**
   * Whether a letter counts.
   *
   * @param file its file's place in the list, from 0
   * @param line of the file, from 1
   */
  public boolean counts(DeadLetter letter, int file, long line) {
    Place place = places.get(letter.id());
    return place != null && place.file() == file && place.line() == line;
  }
}
