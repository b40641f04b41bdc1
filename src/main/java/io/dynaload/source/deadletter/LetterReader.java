package io.dynaload.source.deadletter;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.LetterFiles;
import io.dynaload.deadletter.LetterIndex;
import io.dynaload.deadletter.LetterPlace;
import io.dynaload.item.Item;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the letters that the {@link LetterIndex} counts, in its order, so that of two versions of a
 * key the later one is written last. It goes on from a position by making the index again, so the
 * files must be the same meanwhile.
 */
final class LetterReader implements PageReader<LetterSplit> {
  private static final int PAGE_LETTERS = 500;
  private static final int PAGE_BYTES = 1 << 20;

  private final List<String> files;
  private final Set<Stage> stages;
  private final LetterItems items = new LetterItems();
  private final LetterFiles open = new LetterFiles();

  private List<LetterPlace> places = List.of();
  private int letters;

  LetterReader(List<String> files, Set<Stage> stages) {
    this.files = files;
    this.stages = stages;
  }

  @Override
  public void open(LetterSplit split) throws IOException {
    close();
    places = LetterIndex.of(files).inOrder(stages);
    letters = Math.toIntExact(split.letters());
  }

  @Override
  public Optional<Page<LetterSplit>> nextPage() throws IOException {
    LetterSplit before = new LetterSplit(letters);
    List<Item> page = new ArrayList<>();
    long bytes = 0;
    while (letters < places.size() && page.size() < PAGE_LETTERS && bytes < PAGE_BYTES) {
      DeadLetter letter = open.at(places.get(letters++));
      bytes += letter.item().json().length;
      page.add(items.of(letter));
    }
    return page.isEmpty() ? Optional.empty() : Optional.of(new LetterPage(before, page));
  }

  @Override
  public void close() {
    open.close();
  }
}
