package io.dynaload.source.bounded;

import java.util.List;

/**
 * What a checkpoint keeps of the enumerator. Splits that readers hold are in the readers' state;
 * those in neither are done.
 *
 * @param fingerprint of the connector that planned
 * @param planned whether the plan was made; until then it has no splits
 * @param total how many splits the plan had
 * @param pending those that no reader has been given
 */
public record EnumeratorState<SplitT>(
    String fingerprint, boolean planned, int total, List<SplitT> pending) {
  public EnumeratorState {
    pending = List.copyOf(pending);
  }
}
