package io.dynaload.transform.expression;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function that expressions may call.
 *
 * @param member whether it is called on its first argument: {@code text.contains(part)}
 * @param site makes what one place of an expression calls, so that it can keep what it prepares
 */
record Function(
    String name, boolean member, CelType result, List<CelType> parameters, Supplier<Site> site) {
  /** A number of whichever kind a literal is; the kinds are told apart by {@link Kind}. */
  static final CelType NUMBER = SimpleType.DOUBLE;

  static final CelType ANY = SimpleType.DYN;

  /** One place of an expression that calls a function; used by one thread. */
  @FunctionalInterface
  interface Site {
    /** The arguments are of the kinds that the parameters ask for. */
    Object call(Object[] arguments) throws EvaluationException;

    /**
     * Looks at the arguments that are the same for every item; the others are null.
     *
     * @throws IllegalArgumentException if the call can only fail
     */
    default void check(@Nullable Object[] constants) {}
  }

  static Function of(String name, CelType result, List<CelType> parameters, Site site) {
    return new Function(name, false, result, parameters, () -> site);
  }

  static Function member(String name, CelType result, List<CelType> parameters, Site site) {
    return new Function(name, true, result, parameters, () -> site);
  }

  /** Numbers are declared as anything: to the checker an int is no double. */
  CelOverloadDecl declaration() {
    String id = name + (member ? "_of_" : "_") + parameters.size() + "_" + ids();
    List<CelType> types =
        parameters.stream().map(type -> type.equals(NUMBER) ? SimpleType.DYN : type).toList();
    return member
        ? CelOverloadDecl.newMemberOverload(id, result, types)
        : CelOverloadDecl.newGlobalOverload(id, result, types);
  }

  private String ids() {
    return parameters.stream()
        .map(CelType::name)
        .reduce("", (a, b) -> a + "_" + b)
        .replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** Whether it can be called with arguments of these kinds. */
  boolean takes(List<Kind> kinds) {
    if (kinds.size() != parameters.size()) {
      return false;
    }
    for (int i = 0; i < kinds.size(); i++) {
      if (!Kind.of(parameters.get(i)).mayBe(kinds.get(i))) {
        return false;
      }
    }
    return true;
  }
}
