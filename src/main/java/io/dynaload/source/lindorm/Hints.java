package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.List;

/** What Lindorm is told in the comment right after SELECT. */
final class Hints {
  private Hints() {}

  static List<String> of(SplitConfig config) {
    List<String> hints = new ArrayList<>();
    if (config.forceIndex() != null) {
      hints.add("_l_force_index_('" + config.forceIndex() + "')");
    }
    if (config.allowFiltering()) {
      hints.add("_l_allow_filtering_");
    }
    if (config.pages().operationTimeout() != null) {
      hints.add("_l_operation_timeout_(" + config.pages().operationTimeout().toMillis() + ")");
    }
    return List.copyOf(hints);
  }
}
