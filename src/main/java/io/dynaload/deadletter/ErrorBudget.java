package io.dynaload.deadletter;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many items may be rejected before a run stops: a number, {@code 100}, or a part of all items,
 * {@code 0.1%}. It is spent by one more than that.
 *
 * @param items the number; 0 if it is a part
 * @param percent the part; null if it is a number
 */
public record ErrorBudget(long items, @Nullable BigDecimal percent) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No item may be rejected. */
  public static final ErrorBudget NONE = new ErrorBudget(0, null);

  /** A part says nothing while there are so few: the first item would decide. */
  static final long LEAST_ITEMS = 1_000;

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d{1,9})?) ?%");

  /**
   * Reads what stands in a file.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  public static ErrorBudget parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "is neither a number of items, such as 100, nor a part of them, such as 0.1%");
    }
    if (form.group(1) != null) {
      return new ErrorBudget(Long.parseLong(form.group(1)), null);
    }
    BigDecimal percent = new BigDecimal(form.group(2));
    if (percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException("is more than 100%");
    }
    return new ErrorBudget(0, percent);
  }

  /**
   * Whether it is spent while the run goes on.
   *
   * @param seen items that came in up to now, the rejected ones included
   */
  public boolean isSpent(long rejected, long seen) {
    return (percent == null || seen >= LEAST_ITEMS) && isSpentAtEnd(rejected, seen);
  }

  /** Whether more items were rejected than may be, of all that there were. */
  public boolean isSpentAtEnd(long rejected, long seen) {
    if (percent == null) {
      return rejected > items;
    }
    BigDecimal allowed = percent.movePointLeft(2).multiply(BigDecimal.valueOf(seen));
    return BigDecimal.valueOf(rejected).compareTo(allowed) > 0;
  }

  /** As it stands in a file. */
  @Override
  public String toString() {
    return percent == null ? Long.toString(items) : percent.toPlainString() + "%";
  }
}
