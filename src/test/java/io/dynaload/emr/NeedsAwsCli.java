package io.dynaload.emr;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that call the aws CLI. Where it is not installed they are skipped, with a line on stdout
 * that says so; where the environment has {@code CI=true}, they fail.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsAwsCli.Condition.class)
public @interface NeedsAwsCli {
  /** Decides for each test or class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return decide(context.getDisplayName(), isInstalled(), "true".equals(System.getenv("CI")));
    }

    private static boolean isInstalled() {
      return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
    }

    static ConditionEvaluationResult decide(String test, boolean installed, boolean mustRun) {
      if (installed) {
        return ConditionEvaluationResult.enabled("the aws CLI is installed");
      }
      String reason = test + " needs the aws CLI: apt-get install awscli";
      if (mustRun) {
        throw new IllegalStateException(reason + " (CI=true: nothing may be skipped)");
      }
      System.out.println("SKIPPED: " + reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
