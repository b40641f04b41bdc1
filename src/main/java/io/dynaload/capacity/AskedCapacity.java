package io.dynaload.capacity;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the whole job may use of a table a second, as the file asks for it. */
public sealed interface AskedCapacity extends Serializable {
  /** The most that can be asked for, units a second. */
  long MOST_UNITS = 10_000_000;

  /** Units a second. */
  record Units(long units) implements AskedCapacity {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return Long.toString(units);
    }
  }

  /**
   * A share of what the table has: of its provisioned capacity, or, on demand, of its warm
   * throughput.
   *
   * @param percent above 0
   */
  record Percent(BigDecimal percent) implements AskedCapacity {
    private static final long serialVersionUID = 1L;

    /** The same share is equal to itself, however many zeros it is written with. */
    public Percent {
      percent = percent.stripTrailingZeros();
    }

    double of(double units) {
      return percent.doubleValue() / 100 * units;
    }

    @Override
    public String toString() {
      return percent.toPlainString() + "%";
    }
  }

  /** As much as the table takes, found by trying. */
  record Adaptive() implements AskedCapacity {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "adaptive";
    }
  }

  /** Nothing is asked for: {@link #DEFAULT_PERCENT} if the table is provisioned, else adaptive. */
  record ByTable() implements AskedCapacity {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "by the table";
    }
  }

  /** What is asked for stands in a file, which may change while the job runs. */
  record InFile(String path) implements AskedCapacity {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "${file:" + path + "}";
    }
  }

  /** Leaves the application that uses the table some room. */
  Percent DEFAULT_PERCENT = new Percent(BigDecimal.valueOf(80));

  /**
   * Reads a number of units, a percentage or {@code adaptive}.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static AskedCapacity parse(String text) {
    return Form.parse(text.strip());
  }

  /** The forms that a text can have. */
  final class Form {
    private static final Pattern UNITS = Pattern.compile("[0-9]{1,8}");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,4}(?:\\.[0-9]{1,3})?) ?%");
    private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(1000);

    private Form() {}

    private static AskedCapacity parse(String text) {
      Matcher percent = PERCENT.matcher(text);
      if (text.equals("adaptive")) {
        return new Adaptive();
      } else if (percent.matches()) {
        BigDecimal value = new BigDecimal(percent.group(1));
        if (value.signum() == 0 || value.compareTo(MOST_PERCENT) > 0) {
          throw new IllegalArgumentException("is not above 0% and up to " + MOST_PERCENT + "%");
        }
        return new Percent(value);
      } else if (!UNITS.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "is not a whole number of units a second, a percentage or adaptive, such as 7000"
                + " or 80%");
      }
      long units = Long.parseLong(text);
      if (units < 1 || units > MOST_UNITS) {
        throw new IllegalArgumentException("is not between 1 and " + MOST_UNITS);
      }
      return new Units(units);
    }
  }
}
