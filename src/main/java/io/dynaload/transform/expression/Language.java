package io.dynaload.transform.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CEL as it is spoken here: its grammar, its macros and its operators; the operators over anything,
 * because numbers are decimals; functions of our own. Thread-safe.
 */
final class Language {
  static final String ITEM = "item";
  static final String NOW = "now";
  static final String TABLE = "source.table";
  static final String FILE = "source.file";

  private static final CelType ANY = SimpleType.DYN;
  private static final CelType BOOL = SimpleType.BOOL;

  static final List<Function> FUNCTIONS =
      Stream.of(Texts.all(), Times.all(), Data.all()).flatMap(List::stream).toList();

  private static final CelCompiler COMPILER = compiler();

  private Language() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardEnvironmentEnabled(false)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar(ITEM, MapType.create(SimpleType.STRING, ANY))
            .addVar(NOW, SimpleType.DOUBLE)
            .addVar(TABLE, SimpleType.STRING)
            .addVar(FILE, SimpleType.STRING);
    for (String name : List.of("_+_", "_-_", "_*_", "_/_", "_%_", "_[_]")) {
      builder.addFunctionDeclarations(operator(name, ANY, ANY, ANY));
    }
    for (String name : List.of("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_", "@in")) {
      builder.addFunctionDeclarations(operator(name, BOOL, ANY, ANY));
    }
    builder.addFunctionDeclarations(
        operator("-_", ANY, ANY),
        operator("!_", BOOL, BOOL),
        operator("@not_strictly_false", BOOL, BOOL),
        operator("_&&_", BOOL, BOOL, BOOL),
        operator("_||_", BOOL, BOOL, BOOL),
        operator("_?_:_", ANY, BOOL, ANY, ANY));
    Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();
    for (Function function : FUNCTIONS) {
      overloads
          .computeIfAbsent(function.name(), name -> new ArrayList<>())
          .add(function.declaration());
    }
    overloads.forEach(
        (name, list) ->
            builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, list)));
    return builder.build();
  }

  private static CelFunctionDecl operator(String name, CelType result, CelType... operands) {
    String id = "operator" + name;
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(id, result, operands));
  }

  static CelAbstractSyntaxTree parse(String text) throws ExpressionException {
    try {
      return COMPILER.compile(text).getAst();
    } catch (CelValidationException e) {
      CelIssue first =
          e.getErrors().stream()
              .min(Comparator.comparing(CelIssue::getSourceLocation))
              .orElseThrow(() -> new IllegalStateException(e));
      throw new ExpressionException(
          Math.max(1, first.getSourceLocation().getLine()),
          first.getSourceLocation().getColumn() + 1,
          Mismatch.reworded(first.getMessage()));
    }
  }
}
