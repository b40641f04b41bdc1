package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result of a query page by page. Unlike the reader of a table it keeps the result open
 * at the server between pages, because a query has no key to go on from. When the server cuts it
 * off, as it does while a slow target lets it wait, the query is run again and the rows that were
 * read are left behind. So is it after a restore.
 *
 * <p>That is right only if the query gives the same rows in the same order. A checksum over the
 * rows that are left behind shows whether it did; if not, reading ends with an ImportException
 * (SOURCE), because which rows are still to be read cannot be told.
 */
final class QueryReader implements PageReader<QuerySplit> {
  private final QueryConfig config;
  private final RowFormat format;
  private final Retry retry;
  private @Nullable LindormConnection connection;
  private @Nullable Result result;
  private QuerySplit position = QuerySplit.UNREAD;
  private boolean ended;

  /** The open result, and how its rows become items. */
  private record Result(
      ResultSet rows, RowFormat format, List<RowFormat.Column> columns, RowEncoder encoder) {
    static Result of(ResultSet rows, RowFormat format) throws SQLException {
      List<RowFormat.Column> columns = format.columns(rows.getMetaData());
      return new Result(rows, format, columns, format.encoder(columns));
    }

    boolean next() throws SQLException {
      return rows.next();
    }

    Item item(long row) throws SQLException {
      return encoder.item(format.read(rows, columns), new Origin(QuerySplit.ID, row));
    }
  }

  QueryReader(QueryConfig config, List<String> attributes) {
    this.config = config;
    this.format =
        new RowFormat(
            QuerySplit.ID, attributes, config.types(), new Cells(config.access().dialect()));
    this.retry = new Retry(config.pages().giveUpAfter());
  }

  @Override
  public void open(QuerySplit split) {
    disconnect();
    position = split;
    ended = false;
  }

  @Override
  public Optional<Page<QuerySplit>> nextPage() throws InterruptedException {
    if (ended) {
      disconnect();
      return Optional.empty();
    }
    QueryPage page = loaded();
    if (page.size() == 0) {
      disconnect();
      return Optional.empty();
    }
    position = page.splitAfter(page.size() - 1);
    return Optional.of(page);
  }

  private QueryPage loaded() throws InterruptedException {
    try {
      return retry.call("Reading the query", this::load, this::disconnect);
    } catch (SQLTimeoutException e) {
      throw new ImportException(
          ErrorCode.SOURCE,
          "The query takes too long: " + e.getMessage(),
          "Give it more time: set operation-timeout, and write the hint"
              + " /*+ _l_operation_timeout_(MILLISECONDS) */ behind SELECT; or read the table with"
              + " timestamp-column, from and to.",
          e);
    } catch (IOException e) {
      throw Failures.outage(config.access(), e);
    }
  }

  private QueryPage load() throws SQLException {
    try {
      return page();
    } catch (ImportException | SQLTimeoutException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      // A row that does not come in time is the network's matter, unless the server says otherwise.
      if (Timeouts.isTimeout(e) && !Failures.isConnectionLost(e)) {
        throw new SQLTimeoutException(Failures.reason(e), e);
      }
      if (Failures.isRefused(e)) {
        throw Failures.refused(config.access(), "the query", e);
      }
      throw e;
    }
  }

  private QueryPage page() throws SQLException {
    Result rows = result == null ? execute() : result;
    result = rows;
    List<Item> items = new ArrayList<>();
    List<Long> checksums = new ArrayList<>();
    long checksum = position.checksum();
    while (items.size() < config.pages().size()) {
      if (!rows.next()) {
        ended = true;
        break;
      }
      Item item = rows.item(position.rows() + items.size());
      items.add(item);
      checksum = RowChecksum.add(checksum, item);
      checksums.add(checksum);
    }
    return new QueryPage(position, items, checksums);
  }

  private Result execute() throws SQLException {
    LindormConnection opened = LindormConnection.open(config.access(), config.pages());
    connection = opened;
    PreparedStatement statement =
        opened
            .jdbc()
            .prepareStatement(
                config.query(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(opened.dialect().streamingFetchSize(config.pages().size()));
    Result rows = Result.of(run(statement), format);
    leaveBehind(rows);
    return rows;
  }

  private static ResultSet run(PreparedStatement statement) throws SQLException {
    try {
      return statement.executeQuery();
    } catch (SQLException | RuntimeException e) {
      if (Timeouts.isTimeout(e)) {
        throw new SQLTimeoutException(Failures.reason(e), e);
      }
      throw e;
    }
  }

  private void leaveBehind(Result rows) throws SQLException {
    long checksum = QuerySplit.UNREAD.checksum();
    for (long row = 0; row < position.rows(); row++) {
      if (!rows.next()) {
        throw changed("it gives only " + row + " rows now");
      }
      checksum = RowChecksum.add(checksum, rows.item(row));
    }
    if (checksum != position.checksum()) {
      throw changed("its first " + position.rows() + " rows are others now");
    }
  }

  private ImportException changed(String how) {
    return new ImportException(
        ErrorCode.SOURCE,
        "The query was run again behind row "
            + position.rows()
            + ", and "
            + how
            + ", so it cannot be told which are still to be read",
        "Start anew without --resume: what was written is written again, nothing is lost. Give the"
            + " query an ORDER BY over a unique key and rows that do not change meanwhile; or read"
            + " the table with timestamp-column, from and to, which goes on from any row.");
  }

  /** A result that was not read to its end is cut off: to close it may be to read the rest. */
  private void disconnect() {
    result = null;
    if (connection != null) {
      if (ended) {
        connection.close();
      } else {
        connection.cut();
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
