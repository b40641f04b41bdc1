package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The exit codes, as documented in docs/exit-codes.md. */
public enum ExitStatus {
  OK(0, "All well: the run came to its end and its ledger balances."),
  UNEXPECTED(1, "An unexpected failure, or a ledger that does not balance."),
  USAGE(2, "The file or the arguments are wrong."),
  REJECTED(3, "More items were rejected than the error budget allows."),
  SOURCE_FAILED(4, "The source failed."),
  TARGET_FAILED(5, "The target failed."),
  DIFFERENT(6, "A comparison of source and target found differences."),
  INTERRUPTED(130, "Interrupted from the keyboard (SIGINT); says how to go on."),
  TERMINATED(143, "Told to stop (SIGTERM); says how to go on.");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** From the one that counts least to the one that counts most, where there are several. */
  private static final List<ExitStatus> BY_WEIGHT =
      List.of(
          OK,
          DIFFERENT,
          REJECTED,
          USAGE,
          SOURCE_FAILED,
          TARGET_FAILED,
          UNEXPECTED,
          INTERRUPTED,
          TERMINATED);

  /** The one of several imports; OK if there are none. */
  static ExitStatus worst(Collection<ExitStatus> each) {
    return each.stream().max(Comparator.comparingInt(BY_WEIGHT::indexOf)).orElse(OK);
  }

  boolean isInterrupt() {
    return this == INTERRUPTED || this == TERMINATED;
  }

  static ExitStatus of(ErrorCode failure) {
    return switch (failure) {
      case INTERNAL -> UNEXPECTED;
      case CONFIGURATION -> USAGE;
      case REJECTED_ITEMS -> REJECTED;
      case SOURCE -> SOURCE_FAILED;
      case TARGET -> TARGET_FAILED;
    };
  }
}
