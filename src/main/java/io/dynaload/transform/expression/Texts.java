package io.dynaload.transform.expression;

import static io.dynaload.transform.expression.Function.ANY;
import static io.dynaload.transform.expression.Function.NUMBER;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of texts and binaries. Positions and lengths count code points. */
final class Texts {
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType BYTES = SimpleType.BYTES;

  private Texts() {}

  static List<Function> all() {
    return List.of(
        Function.member(
            "contains", SimpleType.BOOL, List.of(TEXT, TEXT), a -> text(a[0]).contains(text(a[1]))),
        Function.member(
            "startsWith",
            SimpleType.BOOL,
            List.of(TEXT, TEXT),
            a -> text(a[0]).startsWith(text(a[1]))),
        Function.member(
            "endsWith", SimpleType.BOOL, List.of(TEXT, TEXT), a -> text(a[0]).endsWith(text(a[1]))),
        new Function("matches", true, SimpleType.BOOL, List.of(TEXT, TEXT), Matches::new),
        new Function("matches", false, SimpleType.BOOL, List.of(TEXT, TEXT), Matches::new),
        Function.of("lower", TEXT, List.of(TEXT), a -> text(a[0]).toLowerCase(Locale.ROOT)),
        Function.of("upper", TEXT, List.of(TEXT), a -> text(a[0]).toUpperCase(Locale.ROOT)),
        Function.of("trim", TEXT, List.of(TEXT), a -> text(a[0]).strip()),
        new Function("replace_all", false, TEXT, List.of(TEXT, TEXT, TEXT), ReplaceAll::new),
        Function.of("sha256", TEXT, List.of(TEXT), a -> sha256(utf8(a[0]))),
        Function.of("sha256", TEXT, List.of(BYTES), a -> sha256(binary(a[0]))),
        Function.of(
            "base64", TEXT, List.of(TEXT), a -> Base64.getEncoder().encodeToString(utf8(a[0]))),
        Function.of(
            "base64", TEXT, List.of(BYTES), a -> Base64.getEncoder().encodeToString(binary(a[0]))),
        Function.member(
            "substring", TEXT, List.of(TEXT, NUMBER), a -> substring(text(a[0]), a[1], null)),
        Function.member(
            "substring",
            TEXT,
            List.of(TEXT, NUMBER, NUMBER),
            a -> substring(text(a[0]), a[1], a[2])),
        Function.member(
            "split",
            ListType.create(TEXT),
            List.of(TEXT, TEXT),
            a -> split(text(a[0]), text(a[1]))),
        Function.member(
            "join",
            TEXT,
            List.of(ListType.create(ANY), TEXT),
            a -> join((List<?>) a[0], text(a[1]))),
        Function.of("string", TEXT, List.of(ANY), a -> string(a[0])));
  }

  static String text(Object value) {
    return (String) value;
  }

  private static byte[] utf8(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] binary(Object value) {
    return ((Value.B) value).bytes();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String substring(String text, Object from, @Nullable Object to)
      throws EvaluationException {
    try {
      int start = ((BigDecimal) from).intValueExact();
      int end =
          to == null ? text.codePointCount(0, text.length()) : ((BigDecimal) to).intValueExact();
      int first = text.offsetByCodePoints(0, start);
      return text.substring(first, text.offsetByCodePoints(first, end - start));
    } catch (ArithmeticException | IndexOutOfBoundsException e) {
      throw new EvaluationException(Fault.BAD_TEXT, "substring needs positions within the text");
    }
  }

  /** An empty separator splits a text into its characters. */
  private static List<Object> split(String text, String separator) {
    if (separator.isEmpty()) {
      List<Object> characters = new ArrayList<>();
      text.codePoints().forEach(point -> characters.add(Character.toString(point)));
      return characters;
    }
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String join(List<?> parts, String separator) throws EvaluationException {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(string(parts.get(i)));
    }
    return joined.toString();
  }

  static String string(Object value) throws EvaluationException {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof BigDecimal number) {
      return Values.plain(number);
    } else if (value instanceof Boolean) {
      return value.toString();
    }
    throw EvaluationException.wrongType(
        "a text can be made of a number or a boolean, not of " + Values.kindOf(value));
  }

  /** A regular expression, compiled once if it is the same for every item. */
  private static final class Regex {
    /** To parse one takes time by the square of its length, and it may be an item's text. */
    private static final int LONGEST = 1_000;

    private @Nullable String text;
    private @Nullable Pattern pattern;

    Pattern of(String regex) throws EvaluationException {
      Pattern known = pattern;
      if (known != null && regex.equals(text)) {
        return known;
      }
      if (regex.length() > LONGEST) {
        throw new EvaluationException(
            Fault.BAD_TEXT, "a regular expression has more than " + LONGEST + " characters");
      }
      try {
        Pattern compiled = Pattern.compile(regex);
        pattern = compiled;
        text = regex;
        return compiled;
      } catch (PatternSyntaxException e) {
        throw new EvaluationException(Fault.BAD_TEXT, "a text is no regular expression");
      }
    }

    static void check(@Nullable Object constant) {
      if (constant == null) {
        return;
      }
      try {
        Pattern.compile(text(constant));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "'" + constant + "' is no regular expression: " + e.getDescription(), e);
      }
    }
  }

  private static final class Matches implements Function.Site {
    private final Regex regex = new Regex();

    @Override
    public Object call(Object[] a) throws EvaluationException {
      return regex.of(text(a[1])).matcher(text(a[0])).find();
    }

    @Override
    public void check(@Nullable Object[] constants) {
      Regex.check(constants[1]);
    }
  }

  private static final class ReplaceAll implements Function.Site {
    private final Regex regex = new Regex();

    @Override
    public Object call(Object[] a) throws EvaluationException {
      try {
        return regex.of(text(a[1])).matcher(text(a[0])).replaceAll(text(a[2]));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new EvaluationException(
            Fault.BAD_TEXT, "the replacement names a group that is not there");
      }
    }

    @Override
    public void check(@Nullable Object[] constants) {
      Regex.check(constants[1]);
    }
  }
}
