package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads splits over one connection, which is opened with the first page, kept for all splits, and
 * opened again whenever it breaks. Each page is one statement; its result is read to the end and
 * closed before a row of it is emitted, so that a slow target never holds anything open at the
 * server.
 *
 * <p>A page that fails is asked for again from the key of the last row of the page before, by
 * {@link Retry}. One that takes too long is asked for with fewer rows; if a few rows take too long
 * as well, there is much to be skipped on the way to them, and the range is halved, again and
 * again.
 */
final class LindormSplitReader implements PageReader<LindormSplit> {
  /** Timeouts without a page in between; each may have taken minutes. */
  private static final int MOST_TIMEOUTS = 20;

  /** Runs one statement; a test may do without a server. */
  interface Execution {
    /**
     * @throws SQLTimeoutException if it took too long
     * @throws SQLException or the driver's RuntimeException if it failed otherwise
     */
    LindormPage page(PageQuery query, LindormSplit split) throws SQLException;
  }

  private final LindormConfig config;
  private final List<String> attributes;
  private final Execution execution;
  private final Cells cells;
  private final Retry retry;
  private final PageSize pageSize;
  private final KeptConnection connection;
  private @Nullable Reading reading;
  private int timeouts;

  /** The open split: its cursor, and what it selects, which follows from the split's key. */
  private static final class Reading {
    private final KeysetCursor cursor;
    private final RowReader rows;
    private final String what;
    private LindormSplit split;

    Reading(Selection selection, LindormSplit split, RowReader rows) {
      this.cursor = new KeysetCursor(selection, split);
      this.rows = rows;
      this.what = selection.table() + "/" + split.splitId();
      this.split = split;
    }
  }

  LindormSplitReader(LindormConfig config, List<String> attributes) {
    this(config, attributes, new Retry(config.splits().pages().giveUpAfter()));
  }

  LindormSplitReader(LindormConfig config, List<String> attributes, Retry retry) {
    this(config, attributes, retry, null, System::nanoTime);
  }

  /**
   * @param execution null for the server that the configuration names
   * @param nanoTime tells how long the connection was idle
   */
  LindormSplitReader(
      LindormConfig config,
      List<String> attributes,
      Retry retry,
      @Nullable Execution execution,
      LongSupplier nanoTime) {
    this.execution = execution == null ? this::execute : execution;
    this.config = config;
    this.attributes = attributes;
    this.retry = retry;
    this.cells = new Cells(config.access().dialect());
    this.pageSize = new PageSize(config.splits().pages().size());
    this.connection = new KeptConnection(() -> LindormConnection.open(config), nanoTime);
  }

  @Override
  public void open(LindormSplit split) {
    Selection selection = Selection.of(config, attributes, split);
    reading = new Reading(selection, split, new RowReader(selection, config.types(), cells));
  }

  @Override
  public Optional<Page<LindormSplit>> nextPage() throws InterruptedException {
    Reading open = reading;
    if (open == null) {
      throw new IllegalStateException("No split is open");
    }
    Optional<PageQuery> query = open.cursor.query(pageSize.rows());
    while (query.isPresent()) {
      Optional<LindormPage> loaded = load(query.get(), open);
      if (loaded.isPresent()) {
        LindormPage page = loaded.get();
        if (page.size() > 0) {
          advance(open, page.after());
          return Optional.of(page);
        }
        open.cursor.exhausted();
      }
      query = open.cursor.query(pageSize.rows());
    }
    reading = null;
    return Optional.empty();
  }

  private void advance(Reading open, LindormSplit after) {
    open.split = after;
    open.cursor.reached(after.position());
  }

  /** Empty if it took too long: less is to be asked for then. */
  private Optional<LindormPage> load(PageQuery query, Reading open) throws InterruptedException {
    try {
      LindormPage page =
          retry.call(
              "Reading " + open.what, () -> execution.page(query, open.split), connection::abandon);
      timeouts = 0;
      pageSize.succeeded();
      return Optional.of(page);
    } catch (SQLTimeoutException e) {
      timeouts++;
      if (timeouts > MOST_TIMEOUTS || !(pageSize.shrink() || open.cursor.bisect())) {
        throw tooSlow(query, open, e);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw Failures.outage(config.access(), e);
    }
  }

  private static ImportException tooSlow(PageQuery query, Reading open, SQLTimeoutException e) {
    return new ImportException(
        ErrorCode.SOURCE,
        "Lindorm takes too long for a statement over "
            + open.what
            + " behind row "
            + open.split.rows()
            + ", though it asks for "
            + query.limit()
            + " rows only and its range cannot be made smaller: "
            + query.sql(),
        "Give it more time with operation-timeout, or cut the table into smaller parts with"
            + " boundaries or key-values in a new run.",
        e);
  }

  private LindormPage execute(PageQuery query, LindormSplit split) throws SQLException {
    RowReader reader = Objects.requireNonNull(reading).rows;
    LindormConnection connected = connection.connected();
    try {
      PreparedStatement statement = connected.prepare(query.sql());
      statement.setFetchSize(connected.dialect().pageFetchSize(query.limit()));
      int parameter = 1;
      for (Condition condition : query.conditions()) {
        cells.bind(statement, parameter++, condition);
      }
      try (ResultSet rows = statement.executeQuery()) {
        LindormPage page = reader.read(rows, split);
        connection.used();
        return page;
      }
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      if (Timeouts.isTimeout(e)) {
        throw new SQLTimeoutException(Failures.reason(e), e);
      }
      if (Failures.isRefused(e)) {
        throw Failures.refused(config.access(), "reading " + selectionOf(split), e);
      }
      throw e;
    }
  }

  private String selectionOf(LindormSplit split) {
    return config.filter().table() + "/" + split.splitId() + " behind row " + split.rows();
  }

  @Override
  public void close() {
    connection.close();
  }
}
