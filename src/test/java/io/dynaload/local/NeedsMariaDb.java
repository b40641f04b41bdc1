package io.dynaload.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that start {@link MariaDb}. Where it is not installed they are skipped, with a line on
 * stdout that says so; where the environment has {@code CI=true}, they fail.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsMariaDb.Condition.class)
public @interface NeedsMariaDb {
  /** Decides for each test or class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return decide(
          context.getDisplayName(), MariaDb.isInstalled(), "true".equals(System.getenv("CI")));
    }

    static ConditionEvaluationResult decide(String test, boolean installed, boolean mustRun) {
      if (installed) {
        return ConditionEvaluationResult.enabled("MariaDB is installed");
      }
      String reason = test + " needs MariaDB: apt-get install mariadb-server";
      if (mustRun) {
        throw new IllegalStateException(reason + " (CI=true: nothing may be skipped)");
      }
      System.out.println("SKIPPED: " + reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
