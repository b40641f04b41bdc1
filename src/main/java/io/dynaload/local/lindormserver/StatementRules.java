package io.dynaload.local.lindormserver;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which statements LindormTable refuses. None yet. */
final class StatementRules {
  StatementRules(Function<String, List<String>> primaryKeys) {}

  void check(String sql, List<@Nullable Object> parameters) {}
}
