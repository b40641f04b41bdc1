package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a table's key lets the time range be cut into ranges of the key, each of which Lindorm reads
 * without looking at the rows of another.
 */
sealed interface KeyLayout {
  /** How a layout is cut; the layouts without ends of their own ask the table. */
  record Request(TimestampRange timestamps, int count, KeyEnds ends) {}

  /** Ranges of the key that together hold every row of the time range, each once. */
  List<KeyRange> ranges(Request request) throws SQLException;

  /** Rows are stored by time: slices of the time range. */
  record TimestampFirst(KeyColumn first) implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) {
      return Slices.ofTime(request.timestamps(), first.type(), request.count());
    }
  }

  /**
   * Rows are stored by a number: ranges of that number. Slices of time would each read the whole
   * table; here every statement filters by time within its own range.
   */
  record NumberFirst(KeyColumn first) implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) throws SQLException {
      return request
          .ends()
          .find(first)
          .map(ends -> Slices.ofNumbers(ends, request.count()))
          .orElse(List.of());
    }
  }

  /**
   * Rows are stored by a column whose values are cut at boundaries that were given.
   *
   * @param whole the range that is cut: of the time range, or of all values of the column; empty if
   *     the column can hold none of the time range
   * @param boundaries in ascending order, each the first value of a part
   */
  record Bounded(Optional<KeyRange> whole, List<KeyValue> boundaries) implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) {
      return whole.map(range -> Slices.at(range, boundaries)).orElse(List.of());
    }
  }

  /**
   * The values of the first key column are given, so that each is read with equality, which also a
   * hashed column allows.
   *
   * @param timestampNext the timestamp column if rows of one value are stored by time, so that its
   *     time range can be sliced
   */
  record ValueList(List<KeyValue> values, Optional<KeyColumn> timestampNext) implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) {
      int slices = Math.max(1, request.count() / values.size());
      List<KeyRange> each =
          timestampNext
              .map(next -> Slices.ofTime(request.timestamps(), next.type(), slices))
              .orElse(List.of(KeyRange.whole()));
      List<KeyRange> ranges = new ArrayList<>();
      for (KeyValue value : values) {
        each.forEach(range -> ranges.add(range.below(List.of(value))));
      }
      return ranges;
    }
  }

  /** Nothing cuts the table: one split, each page of which may look at rows of all times. */
  record Scan() implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) {
      return List.of(KeyRange.whole());
    }
  }

  /**
   * The layout of a table with this key.
   *
   * @throws ImportException (CONFIGURATION) if the key allows no split that Lindorm reads
   *     efficiently, or if boundaries or key-values do not suit it
   */
  static KeyLayout of(LindormConfig config, List<KeyColumn> key) {
    SplitConfig splits = config.splits();
    KeyColumn first = key.get(0);
    String timestampColumn = config.filter().timestampColumn();
    boolean timestampFirst = first.name().equals(timestampColumn);
    if (!splits.keyValues().isEmpty()) {
      Optional<KeyColumn> timestampNext =
          key.stream().skip(1).limit(1).filter(c -> c.name().equals(timestampColumn)).findFirst();
      return new ValueList(GivenValues.keyValues(config, first), timestampNext);
    }
    if (!splits.boundaries().isEmpty()) {
      List<KeyValue> boundaries = GivenValues.boundaries(config, first);
      Optional<KeyRange> whole =
          timestampFirst
              ? Slices.ofTime(config.filter().range(), first.type(), 1).stream().findFirst()
              : Optional.of(TypeEnds.of(first, config.access().url().protocol()));
      return new Bounded(whole, boundaries);
    }
    if (timestampFirst) {
      return new TimestampFirst(first);
    }
    return switch (first.type()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> new NumberFirst(first);
      case FLOAT, DOUBLE, BOOLEAN, TEXT, BINARY, DATE, TIME, TIMESTAMP, JSON -> {
        if (splits.allowFiltering()) {
          yield new Scan();
        }
        throw cannotBeCut(config.filter(), first);
      }
    };
  }

  private static ImportException cannotBeCut(FilterConfig filter, KeyColumn first) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "Table "
            + filter.table()
            + " cannot be cut into parts by its primary key: the first key column "
            + first.name()
            + " ("
            + first.type()
            + ") is neither the timestamp column "
            + filter.timestampColumn()
            + " nor an integer or DECIMAL, so each part would be a scan of the whole table,"
            + " which Lindorm refuses",
        "Say where to cut it: boundaries: […] with values of "
            + first.name()
            + " at which parts begin, or key-values: […] with all of its values if they are few or"
            + " the column is hashed. An index that begins with "
            + filter.timestampColumn()
            + " can be read with force-index and key-columns. Or read the whole table in one part,"
            + " slowly, with allow-filtering: true.");
  }
}
