package io.dynaload.source.deadletter;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.DeadLetterReader;
import io.dynaload.deadletter.LetterIndex;
import io.dynaload.item.Item;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files one after the other, leaving out what the {@link LetterIndex} does not count. It
 * goes on from a position by reading the files again from the first one on, so they must be the
 * same meanwhile.
 */
final class LetterReader implements PageReader<LetterSplit> {
  private static final int PAGE_LETTERS = 500;
  private static final int PAGE_BYTES = 1 << 20;

  private final List<String> files;
  private final Set<Stage> stages;
  private final LetterItems items = new LetterItems();

  private @Nullable LetterIndex index;
  private @Nullable DeadLetterReader open;
  private int file = -1;
  private long letters;

  LetterReader(List<String> files, Set<Stage> stages) {
    this.files = files;
    this.stages = stages;
  }

  @Override
  public void open(LetterSplit split) throws IOException {
    close();
    index = LetterIndex.of(files);
    file = -1;
    letters = 0;
    while (letters < split.letters() && next() != null) {
      letters++;
    }
  }

  @Override
  public Optional<Page<LetterSplit>> nextPage() throws IOException {
    LetterSplit before = new LetterSplit(letters);
    List<Item> page = new ArrayList<>();
    long bytes = 0;
    while (page.size() < PAGE_LETTERS && bytes < PAGE_BYTES) {
      DeadLetter letter = next();
      if (letter == null) {
        break;
      }
      letters++;
      bytes += letter.item().json().length;
      page.add(items.of(letter));
    }
    return page.isEmpty() ? Optional.empty() : Optional.of(new LetterPage(before, page));
  }

  /** The next letter that is to be emitted; null behind the last one. */
  private @Nullable DeadLetter next() throws IOException {
    if (index == null) {
      throw new IllegalStateException("No split is open");
    }
    while (true) {
      if (open == null) {
        if (file + 1 >= files.size()) {
          return null;
        }
        open = new DeadLetterReader(files.get(++file));
      }
      DeadLetter letter = open.next();
      if (letter == null) {
        close();
      } else if (index.counts(letter, file, open.line())
          && stages.contains(letter.item().rejection().stage())) {
        return letter;
      }
    }
  }

  @Override
  public void close() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was read only.
      }
      open = null;
    }
  }
}
