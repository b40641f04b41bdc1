package io.dynaload.transform.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions, evaluated here and by CEL's own runtime. Where the two are meant to agree,
 * they do: whole numbers, texts, logic with errors, lists, maps and macros. Decimals are not CEL's,
 * so there are none here.
 */
class CelConformanceTest {
  private static final String JSON =
      """
      {"a":{"N":"3"},"b":{"N":"-7"},"s":{"S":"hello"},"t":{"S":""},"y":{"BOOL":true},
       "l":{"L":[{"N":"1"},{"N":"3"},{"N":"3"}]},"w":{"L":[{"S":"x"},{"S":"hello"}]},
       "m":{"M":{"k":{"N":"5"},"hello":{"S":"z"}}},"z":{"NULL":true}}
      """;
  private static final Map<String, Object> ITEM =
      Map.of(
          "a",
          3L,
          "b",
          -7L,
          "s",
          "hello",
          "t",
          "",
          "y",
          true,
          "l",
          List.of(1L, 3L, 3L),
          "w",
          List.of("x", "hello"),
          "m",
          Map.of("k", 5L, "hello", "z"),
          "z",
          dev.cel.common.values.NullValue.NULL_VALUE);

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("item", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private final Random random = new Random(42);

  private String number(int depth) {
    return switch (random.nextInt(depth <= 0 ? 4 : 9)) {
      case 0 -> "item.a";
      case 1 -> "item.b";
      case 2 -> String.valueOf(random.nextInt(6));
      case 3 -> "item.m.k";
      case 4 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 5 -> "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
      case 6 -> "size(" + list(depth - 1) + ")";
      case 7 -> list(depth - 1) + "[" + random.nextInt(4) + "]";
      default ->
          "(" + truth(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(depth <= 0 ? 4 : 6)) {
      case 0 -> "item.s";
      case 1 -> "item.t";
      case 2 -> "'x'";
      case 3 -> "item.w[" + random.nextInt(3) + "]";
      case 4 -> "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
      default -> "item.m[" + text(depth - 1) + "]";
    };
  }

  private String list(int depth) {
    return switch (random.nextInt(depth <= 0 ? 2 : 5)) {
      case 0 -> "item.l";
      case 1 -> "[" + number(depth - 1) + ", " + number(depth - 1) + "]";
      case 2 -> list(depth - 1) + ".map(e, e * " + number(depth - 1) + ")";
      case 3 -> list(depth - 1) + ".filter(e, e < " + number(depth - 1) + ")";
      default -> "(" + list(depth - 1) + " + " + list(depth - 1) + ")";
    };
  }

  private String truth(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 16)) {
      case 0 -> "item.y";
      case 1 -> "false";
      case 2 -> "has(item.a)";
      case 3 -> "has(item.nowhere)";
      case 4 -> "item.nowhere";
      case 5 -> "(" + truth(depth - 1) + " && " + truth(depth - 1) + ")";
      case 6 -> "(" + truth(depth - 1) + " || " + truth(depth - 1) + ")";
      case 7 -> "!" + truth(depth - 1);
      case 8 -> "(" + number(depth - 1) + " < " + number(depth - 1) + ")";
      case 9 -> "(" + number(depth - 1) + " == " + number(depth - 1) + ")";
      case 10 -> "(" + text(depth - 1) + " >= " + text(depth - 1) + ")";
      case 11 -> "(" + number(depth - 1) + " in " + list(depth - 1) + ")";
      case 12 -> list(depth - 1) + ".exists(e, e > item.nowhere || e == " + number(depth - 1) + ")";
      case 13 -> list(depth - 1) + ".all(e, e > " + number(depth - 1) + " && e != item.m.k)";
      case 14 -> list(depth - 1) + ".exists_one(e, e == " + number(depth - 1) + ")";
      default -> text(depth - 1) + ".contains(" + text(depth - 1) + ")";
    };
  }

  @Test
  void expressionsHaveTheValuesThatCelGivesThem() throws Exception {
    byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
    Item item =
        new ItemValidator().put(json, 0, json.length, Item.NO_WRITE_TIMESTAMP, new Origin("", 0));
    Scope scope = new Scope(Instant.EPOCH, unit -> "", false);
    scope.begin(item, item.origin());
    int values = 0;
    for (int i = 0; i < 4000; i++) {
      String text =
          switch (i % 4) {
            case 0 -> number(3);
            case 1 -> text(3);
            case 2 -> list(3);
            default -> truth(4);
          };
      String expected = byCel(text);
      if (expected.isEmpty()) {
        continue;
      }
      assertThat(here(text, scope)).as(text).isEqualTo(expected);
      values += expected.equals("error") ? 0 : 1;
    }
    assertThat(values).as("expressions that have a value").isGreaterThan(2000);
  }

  private static String here(String text, Scope scope) throws Exception {
    try {
      return shown(Expression.compile(text).root().eval(scope));
    } catch (EvaluationException e) {
      return "error";
    }
  }

  /** Empty if CEL's types are stricter, such as for what a sum of anything and a text is. */
  private static String byCel(String text) throws Exception {
    CelValidationResult compiled = COMPILER.compile(text);
    if (compiled.hasError()) {
      return "";
    }
    CelAbstractSyntaxTree tree = compiled.getAst();
    try {
      return shown(RUNTIME.createProgram(tree).eval(Map.of("item", ITEM)));
    } catch (CelEvaluationException e) {
      return "error";
    }
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(CelConformanceTest::shown).toList().toString();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
