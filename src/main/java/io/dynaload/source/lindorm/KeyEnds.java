package io.dynaload.source.lindorm;

import java.sql.SQLException;
import java.util.Optional;

/** The least and the greatest value of a key column. */
interface KeyEnds {
  /** Both ends, which belong to it. */
  record Ends(KeyValue least, KeyValue greatest) {}

  /** Empty if the table has no row. May ask the table. */
  Optional<Ends> find(KeyColumn column) throws SQLException;
}
