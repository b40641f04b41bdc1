package io.dynaload.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a reference, {@code ${scheme:name}}; the name is never empty. */
record Reference(Scheme scheme, String name) {
  enum Scheme {
    ENV,
    FILE,
    SSM,
    SECRETSMANAGER
  }

  static final String FORMS =
      "${env:NAME}, ${file:PATH}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}";

  /** For a key that takes no reference: the rest of a message. */
  static final String REFUSED =
      "a reference ${…} is not resolved here; write the value itself,"
          + " or give it on the command line with --set";

  private static final Pattern WHOLE =
      Pattern.compile("\\$\\{(env|file|ssm|secretsmanager):([^{}\\s\\p{Cntrl}][^{}\\p{Cntrl}]*)}");
  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern ANYWHERE =
      Pattern.compile("\\$\\{(env|file|ssm|secretsmanager):|^\\s*\\$\\{.*}\\s*$", Pattern.DOTALL);

  /** Whether the text is a reference, is meant as one, or holds one. */
  static boolean isIn(String text) {
    return ANYWHERE.matcher(text).find();
  }

  /** The reference that the text is, if it is a well-formed one. */
  static Optional<Reference> parse(String text) {
    Matcher matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Scheme scheme =
        switch (matcher.group(1)) {
          case "env" -> Scheme.ENV;
          case "file" -> Scheme.FILE;
          case "ssm" -> Scheme.SSM;
          default -> Scheme.SECRETSMANAGER;
        };
    String name = matcher.group(2);
    if (scheme == Scheme.ENV && !ENV_NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Reference(scheme, name));
  }
}
