package io.dynaload.transform.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why a function or an operator cannot be called as it is, in the words of the manual. */
final class Mismatch {
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(?<name>.+?)' applied to '(?:(?<on>.+)\\.)?"
              + "\\((?<arguments>.*?)\\)'(?: \\(candidates.*)?",
          Pattern.DOTALL);

  private static final Pattern WRONG_TYPE =
      Pattern.compile(
          "(?:expression of )?type '(?<type>.+?)' (?<what>cannot be range|does not support"
              + " field).*");

  private static final Map<String, String> LOGIC =
      Map.of("!_", "!", "_&&_", "&&", "_||_", "||", "_?_:_", "?");

  private static final List<String> PLACES = List.of("first", "second", "third");

  private Mismatch() {}

  /** The checker's message in these words; as it is, if it is about something else. */
  static String reworded(String checker) {
    Matcher type = WRONG_TYPE.matcher(checker);
    if (type.matches()) {
      String what = type.group("what").startsWith("cannot") ? "a loop needs a list or" : ". needs";
      return what + " a map, not " + kind(type.group("type")).label();
    }
    Matcher call = NO_OVERLOAD.matcher(checker);
    if (!call.matches()) {
      return checker.startsWith("mismatched input '<EOF>'")
          ? "something is missing where the expression ends"
          : checker.replace(" (in container '')", "").replace("'%%'", "'%'");
    }
    List<Kind> kinds = new ArrayList<>();
    if (call.group("on") != null) {
      kinds.add(kind(call.group("on")));
    }
    kinds.addAll(kinds(call.group("arguments")));
    String operator = LOGIC.get(call.group("name"));
    return operator == null
        ? of(call.group("name"), call.group("on") != null, kinds)
        : operator + " needs true or false, not " + noTruth(kinds).label();
  }

  private static Kind noTruth(List<Kind> kinds) {
    return kinds.stream().filter(kind -> !kind.mayBe(Kind.BOOL)).findFirst().orElse(Kind.UNKNOWN);
  }

  /** Of the types that stand between commas, the commas within them left aside. */
  private static List<Kind> kinds(String types) {
    List<Kind> kinds = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= types.length(); i++) {
      char c = i < types.length() ? types.charAt(i) : ',';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0 && !types.isEmpty()) {
        kinds.add(kind(types.substring(start, i).strip()));
        start = i + 1;
      }
    }
    return kinds;
  }

  private static Kind kind(String type) {
    int end = type.indexOf('(');
    return switch (end < 0 ? type : type.substring(0, end)) {
      case "int", "uint", "double" -> Kind.NUMBER;
      case "string" -> Kind.TEXT;
      case "bool" -> Kind.BOOL;
      case "bytes" -> Kind.BYTES;
      case "list" -> Kind.LIST;
      case "map" -> Kind.MAP;
      case "null" -> Kind.NULL;
      default -> Kind.UNKNOWN;
    };
  }

  /**
   * Why no function is called so.
   *
   * @param member whether it is called on the first argument
   */
  static String of(String name, boolean member, List<Kind> arguments) {
    List<Function> named = Language.FUNCTIONS.stream().filter(f -> f.name().equals(name)).toList();
    List<Function> fitting =
        named.stream()
            .filter(f -> f.member() == member && f.parameters().size() == arguments.size())
            .toList();
    if (fitting.isEmpty()) {
      List<Function> alike = named.stream().filter(f -> f.member() == member).toList();
      return name
          + " is written "
          + either((alike.isEmpty() ? named : alike).stream().map(Mismatch::signature).toList());
    }
    for (int i = 0; i < arguments.size(); i++) {
      int at = i;
      List<Kind> taken =
          fitting.stream().map(f -> Kind.of(f.parameters().get(at))).distinct().toList();
      if (taken.stream().noneMatch(arguments.get(i)::mayBe)) {
        return fitting.size() == 1
            ? signature(fitting.get(0)) + wrong(member, i, arguments)
            : name
                + " takes "
                + either(taken.stream().map(Kind::label).toList())
                + not(arguments, i);
      }
    }
    return name
        + " cannot be called with "
        + arguments.stream().map(Kind::label).collect(Collectors.joining(", "));
  }

  private static String wrong(boolean member, int place, List<Kind> arguments) {
    if (member && place == 0) {
      return " is not called on " + arguments.get(0).label();
    }
    boolean only = arguments.size() == (member ? 2 : 1);
    return " does not take "
        + arguments.get(place).label()
        + (only ? "" : " as its " + PLACES.get(member ? place - 1 : place) + " argument");
  }

  private static String not(List<Kind> arguments, int place) {
    return ", not " + arguments.get(place).label();
  }

  private static String signature(Function function) {
    List<String> parameters =
        function.parameters().stream().map(Kind::of).map(Mismatch::bare).toList();
    return function.member()
        ? parameters.get(0) + "." + function.name() + list(parameters.subList(1, parameters.size()))
        : function.name() + list(parameters);
  }

  private static String list(List<String> parameters) {
    return "(" + String.join(", ", parameters) + ")";
  }

  private static String bare(Kind kind) {
    return kind == Kind.UNKNOWN ? "value" : kind.name().equals("BYTES") ? "binary" : lower(kind);
  }

  private static String lower(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String either(List<String> several) {
    int last = several.size() - 1;
    return last == 0
        ? several.get(0)
        : String.join(", ", several.subList(0, last)) + " or " + several.get(last);
  }
}
