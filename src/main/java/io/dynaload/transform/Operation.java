package io.dynaload.transform;

import java.io.Serializable;
import java.util.Map;

/**
 * What a step does, as the file says it. Its expressions have been compiled once, and are right.
 */
sealed interface Operation extends Serializable
    permits Where, Select, Drop, Rename, Cast, Assign, KeySuffix, Split {
  Changes changes();

  /** What becomes of the attributes' types; {@link Outcome#ANY} is one that is not known. */
  void outcome(Map<String, String> types);

  /** Makes it ready for a subtask. */
  Action prepare();
}
