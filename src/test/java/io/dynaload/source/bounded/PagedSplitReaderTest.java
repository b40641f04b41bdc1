package io.dynaload.source.bounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PagedSplitReaderTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Two pages of two items a split; a page can be held back. */
  private static class Pages implements PageReader<TextSplit> {
    final List<String> opened = new ArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(0);
    private int pages;
    private TextSplit split = new TextSplit("none");

    @Override
    public void open(TextSplit split) {
      opened.add(split.splitId());
      this.split = split;
      pages = 0;
    }

    @Override
    public Optional<Page<TextSplit>> nextPage() throws IOException, InterruptedException {
      asked.countDown();
      try {
        hold.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return pages++ < 2 ? Optional.of(page(split, pages)) : Optional.empty();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static Page<TextSplit> page(TextSplit split, int number) {
    return new Page<>() {
      @Override
      public int size() {
        return 2;
      }

      @Override
      public Item item(int index) {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin(split.splitId() + "." + number, index);
        return Item.put(json, 0, Item.NO_WRITE_TIMESTAMP, origin);
      }

      @Override
      public TextSplit splitAfter(int index) {
        return new TextSplit(split.splitId() + "." + number + "." + index);
      }
    };
  }

  /** The same page; what is overridden is another. */
  private static class Forwarding implements Page<TextSplit> {
    private final Page<TextSplit> page;

    Forwarding(Page<TextSplit> page) {
      this.page = page;
    }

    @Override
    public int size() {
      return page.size();
    }

    @Override
    public Item item(int index) {
      return page.item(index);
    }

    @Override
    public TextSplit splitAfter(int index) {
      return page.splitAfter(index);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final Pages pages = new Pages();
  private final PageLoader<TextSplit> loader = new PageLoader<>(pages);
  private final PagedSplitReader<TextSplit> reader = new PagedSplitReader<>(loader);

  @AfterEach
  void closeReader() {
    pages.hold.countDown();
    reader.close();
    loader.close();
  }

  private void add(String... splits) {
    reader.handleSplitsChanges(
        new SplitsAddition<>(List.of(splits).stream().map(TextSplit::new).toList()));
  }

  private static List<String> origins(RecordsWithSplitIds<PageCursor<TextSplit>> records) {
    List<String> origins = new ArrayList<>();
    while (records.nextSplit() != null) {
      for (PageCursor<TextSplit> cursor = records.nextRecordFromSplit();
          cursor != null;
          cursor = records.nextRecordFromSplit()) {
        origins.add(cursor.item().origin().toString());
      }
    }
    return origins;
  }

  @Test
  void splitsAreReadOneAfterTheOther() throws IOException {
    add("a", "b");

    assertThat(origins(reader.fetch())).containsExactly("a.1@0", "a.1@1");
    assertThat(origins(reader.fetch())).containsExactly("a.2@0", "a.2@1");
    assertThat(reader.fetch().finishedSplits()).containsExactly("a");
    assertThat(pages.opened).containsExactly("a");
    assertThat(origins(reader.fetch())).containsExactly("b.1@0", "b.1@1");
    assertThat(origins(reader.fetch())).containsExactly("b.2@0", "b.2@1");
    assertThat(reader.fetch().finishedSplits()).containsExactly("b");
    assertThat(origins(reader.fetch())).isEmpty();
  }

  @Test
  void theItemsOfAPageAreMadeWhileTheNextIsLoadedAndNoneBeyond() throws Exception {
    List<String> loaded = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch second = new CountDownLatch(1);
    List<Thread> makers = new ArrayList<>();
    Pages unmade =
        new Pages() {
          @Override
          public Optional<Page<TextSplit>> nextPage() throws IOException, InterruptedException {
            Optional<Page<TextSplit>> page = super.nextPage();
            loaded.add(page.isPresent() ? "page" : "end");
            if (loaded.size() == 2) {
              second.countDown();
            }
            return page.map(
                whole ->
                    new Forwarding(whole) {
                      @Override
                      public void makeItems() {
                        await(second);
                        makers.add(Thread.currentThread());
                      }
                    });
          }
        };
    PageLoader<TextSplit> aheadLoader = new PageLoader<>(unmade);
    PagedSplitReader<TextSplit> ahead = new PagedSplitReader<>(aheadLoader);
    ahead.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("a"))));

    assertThat(origins(ahead.fetch())).containsExactly("a.1@0", "a.1@1");
    assertThat(makers).containsExactly(Thread.currentThread());
    assertThat(loaded).containsExactly("page", "page");
    assertThat(origins(ahead.fetch())).containsExactly("a.2@0", "a.2@1");
    assertThat(ahead.fetch().finishedSplits()).containsExactly("a");
    assertThat(loaded).containsExactly("page", "page", "end");
    ahead.close();
    aheadLoader.close();
  }

  @Test
  void anItemThatCannotBeMadeFailsTheFetchOfItsPage() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("no item");
    PageLoader<TextSplit> failingLoader =
        new PageLoader<>(
            new Pages() {
              @Override
              public Optional<Page<TextSplit>> nextPage() throws IOException, InterruptedException {
                return super.nextPage()
                    .map(
                        whole ->
                            new Forwarding(whole) {
                              @Override
                              public void makeItems() {
                                throw failure;
                              }
                            });
              }
            });
    PagedSplitReader<TextSplit> failing = new PagedSplitReader<>(failingLoader);
    failing.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("a"))));

    assertThatThrownBy(failing::fetch).isSameAs(failure);
    failing.close();
    failingLoader.close();
  }

  @Test
  void wakeUpEndsAFetchAndLosesNoPage() throws Exception {
    pages.hold = new CountDownLatch(1);
    add("a");
    CompletableFuture<List<String>> fetch =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return origins(reader.fetch());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(pages.asked.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    reader.wakeUp();
    assertThat(fetch.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isEmpty();

    pages.hold.countDown();
    assertThat(origins(reader.fetch())).containsExactly("a.1@0", "a.1@1");
    assertThat(origins(reader.fetch())).containsExactly("a.2@0", "a.2@1");
    assertThat(pages.opened).containsExactly("a");
  }

  @Test
  void closeInterruptsAPageThatIsStillLoading() throws Exception {
    pages.hold = new CountDownLatch(1);
    add("a");
    reader.wakeUp();
    assertThat(origins(reader.fetch())).isEmpty();
    assertThat(pages.asked.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    reader.close();
    loader.close();

    assertThat(pages.interrupted.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(pages.closed.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void aFailureToReadFailsTheFetchAsItIs() throws Exception {
    IOException failure = new IOException("gone");
    PageLoader<TextSplit> failingLoader =
        new PageLoader<>(
            new Pages() {
              @Override
              public Optional<Page<TextSplit>> nextPage() throws IOException {
                throw failure;
              }
            });
    PagedSplitReader<TextSplit> failing = new PagedSplitReader<>(failingLoader);
    failing.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("a"))));

    assertThatThrownBy(failing::fetch).isSameAs(failure);
    failing.close();
    failingLoader.close();
  }

  @Test
  void theNextReaderGoesOnWithWhatThisOneHeldOpen() throws IOException {
    add("a");
    origins(reader.fetch());
    origins(reader.fetch());
    reader.fetch();
    reader.close();
    assertThat(pages.closed.getCount()).isEqualTo(1);

    PagedSplitReader<TextSplit> next = new PagedSplitReader<>(loader);
    next.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("b"))));
    assertThat(origins(next.fetch())).containsExactly("b.1@0", "b.1@1");
    next.close();

    loader.close();
    assertThat(pages.closed.getCount()).isZero();
    assertThatThrownBy(() -> loader.load(null, () -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("The source reader is closed");
  }

  @Test
  void aPageThatCannotBeInterruptedDoesNotHoldUpClosing() throws Exception {
    CountDownLatch socket = new CountDownLatch(1);
    Pages stuck =
        new Pages() {
          @Override
          public Optional<Page<TextSplit>> nextPage() {
            asked.countDown();
            boolean open = true;
            while (open) {
              try {
                open = !socket.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                // As a read of a socket: it goes on.
              }
            }
            return Optional.empty();
          }
        };
    PageLoader<TextSplit> stuckLoader = new PageLoader<>(stuck);
    PagedSplitReader<TextSplit> stuckReader = new PagedSplitReader<>(stuckLoader);
    stuckReader.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("a"))));
    stuckReader.wakeUp();
    origins(stuckReader.fetch());
    assertThat(stuck.asked.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    long before = System.nanoTime();
    stuckReader.close();
    stuckLoader.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(stuck.closed.getCount()).isEqualTo(1);

    socket.countDown();
    assertThat(stuck.closed.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void aSplitStandsBehindItsLastEmittedItem() throws IOException {
    add("a");
    SplitProgress<TextSplit> progress = new SplitProgress<>(new TextSplit("a"));
    assertThat(progress.split().splitId()).isEqualTo("a");

    RecordsWithSplitIds<PageCursor<TextSplit>> records = reader.fetch();
    records.nextSplit();
    PageCursor<TextSplit> cursor = records.nextRecordFromSplit();
    assertThat(cursor).isNotNull();
    progress.emitted(cursor);
    assertThat(progress.split().splitId()).isEqualTo("a.1.0");

    // The cursor moves on before the next item is out: the state must not move with it.
    records.nextRecordFromSplit();
    assertThat(progress.split().splitId()).isEqualTo("a.1.0");
  }

  @Test
  void aPageWithoutItemsMovesThePositionAndGivesNothing() throws Exception {
    PageLoader<TextSplit> emptyLoader =
        new PageLoader<>(
            new Pages() {
              @Override
              public Optional<Page<TextSplit>> nextPage() throws IOException, InterruptedException {
                return super.nextPage().map(PagedSplitReaderTest::withoutItems);
              }
            });
    PagedSplitReader<TextSplit> empty = new PagedSplitReader<>(emptyLoader);
    empty.handleSplitsChanges(new SplitsAddition<>(List.of(new TextSplit("a"))));
    SplitProgress<TextSplit> progress = new SplitProgress<>(new TextSplit("a"));
    CollectedItems items = new CollectedItems();

    for (int page = 1; page <= 2; page++) {
      RecordsWithSplitIds<PageCursor<TextSplit>> records = empty.fetch();
      assertThat(records.nextSplit()).isEqualTo("a");
      PageCursor<TextSplit> cursor = records.nextRecordFromSplit();
      assertThat(cursor).isNotNull();
      PagedSourceReader.emit(cursor, items, progress);
      assertThat(progress.split().splitId()).isEqualTo("a." + page + ".-1");
      assertThat(records.nextRecordFromSplit()).isNull();
    }
    assertThat(empty.fetch().finishedSplits()).containsExactly("a");
    assertThat(items.collected).isEmpty();
    empty.close();
    emptyLoader.close();
  }

  private static Page<TextSplit> withoutItems(Page<TextSplit> page) {
    return new Forwarding(page) {
      @Override
      public int size() {
        return 0;
      }
    };
  }

  private static final class CollectedItems implements SourceOutput<Item> {
    final List<Item> collected = new ArrayList<>();

    @Override
    public void collect(Item item) {
      collected.add(item);
    }

    @Override
    public void collect(Item item, long timestamp) {
      collected.add(item);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
