package io.dynaload.capacity;

import java.io.Serializable;

/**
 * A subtask asks for units, and tells what has become of those it had and of its items. All of it
 * may be 0: such a request asks for the limit that is in force.
 *
 * @param need units without which it stands still; they may be borrowed from the time to come
 * @param want units that it could use soon, at least {@code need}
 */
public record LeaseRequest(Asker asker, double need, double want, Usage usage, Tally tally)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Who asks; of a subtask only the newest attempt counts. */
  public record Asker(int subtask, int attempt) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What happened since the last request.
   *
   * @param returned units that were leased and not used; below 0, units that were used and not
   *     leased
   * @param throttled units that the service refused for want of capacity
   */
  public record Usage(double returned, double throttled) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final Usage NONE = new Usage(0, 0);
  }

  /**
   * The subtask's items, over its whole life.
   *
   * @param rejected of them, those in the dead letters
   */
  public record Tally(long rejected, long seen) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
      return new Tally(rejected + other.rejected, seen + other.seen);
    }
  }
}
