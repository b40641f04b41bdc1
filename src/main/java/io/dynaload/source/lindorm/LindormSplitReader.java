package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads splits over one connection, which is opened with the first page and again whenever it
 * breaks. Each page is one statement; its result is read to the end and closed before a row of it
 * is emitted, so that a slow target never holds anything open at the server. A page that fails is
 * asked for again from the key of the last row of the page before, by {@link Retry}.
 */
final class LindormSplitReader implements PageReader<LindormSplit> {
  /** The most rows that Lindorm gives at once. */
  private static final int LARGEST_FETCH = 2_000;

  private final LindormConfig config;
  private final List<String> attributes;
  private final Cells cells;
  private final Retry retry;
  private @Nullable LindormConnection connection;
  private @Nullable Reading reading;

  /** The open split: its cursor, and what it selects, which follows from the split's key. */
  private static final class Reading {
    private final KeysetCursor cursor;
    private final RowReader rows;
    private LindormSplit split;

    Reading(Selection selection, LindormSplit split, Cells cells) {
      this.cursor = new KeysetCursor(selection, split);
      this.rows = new RowReader(selection, cells);
      this.split = split;
    }
  }

  LindormSplitReader(LindormConfig config, List<String> attributes) {
    this(config, attributes, new Retry());
  }

  LindormSplitReader(LindormConfig config, List<String> attributes, Retry retry) {
    this.config = config;
    this.attributes = attributes;
    this.retry = retry;
    this.cells = new Cells(config.access().dialect());
  }

  @Override
  public void open(LindormSplit split) {
    reading = new Reading(Selection.of(config, attributes, split.key()), split, cells);
  }

  @Override
  public Optional<Page<LindormSplit>> nextPage() throws IOException, InterruptedException {
    Reading open = reading;
    if (open == null) {
      throw new IllegalStateException("No split is open");
    }
    String what = "Reading " + config.filter().table() + "/" + open.split.splitId();
    Optional<PageQuery> query = open.cursor.query();
    while (query.isPresent()) {
      PageQuery asked = query.get();
      LindormPage page = retry.call(what, () -> load(asked, open), this::disconnect);
      if (page.size() > 0) {
        LindormSplit after = page.after();
        checkProgress(open.split, after);
        open.split = after;
        open.cursor.reached(open.split.position());
        return Optional.of(page);
      }
      open.cursor.exhausted();
      query = open.cursor.query();
    }
    reading = null;
    return Optional.empty();
  }

  /** A server that answers with the row that was asked to be left behind would be read for ever. */
  private void checkProgress(LindormSplit before, LindormSplit after) {
    if (after.position().equals(before.position())) {
      throw new ImportException(
          ErrorCode.SOURCE,
          "Table "
              + config.filter().table()
              + " gave the same row again when asked for the rows behind it ("
              + before.splitId()
              + ", row "
              + before.rows()
              + ")",
          "Its key may be finer than its type says, or not be what key-columns says it is.");
    }
  }

  private LindormPage load(PageQuery query, Reading open) throws SQLException {
    PreparedStatement statement = connected().prepare(query.sql());
    statement.setFetchSize(Math.min(query.limit(), LARGEST_FETCH));
    int parameter = 1;
    for (Condition condition : query.conditions()) {
      cells.bind(statement, parameter++, condition);
    }
    try (ResultSet rows = statement.executeQuery()) {
      return open.rows.read(rows, open.split);
    }
  }

  private LindormConnection connected() throws SQLException {
    LindormConnection current = connection;
    if (current == null) {
      current = LindormConnection.open(config);
      connection = current;
    }
    return current;
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
