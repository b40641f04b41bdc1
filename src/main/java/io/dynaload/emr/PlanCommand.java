package io.dynaload.emr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells from an import file and from what is in the account what the stack has to be: writes {@code
 * parameters.json}, for {@code --parameters file://…}, and {@code plan}, lines of what deploy.sh
 * goes on with, into a folder. From values in a file's place it writes {@code import.yaml} there,
 * and, once that was checked, stores the password, which it reads from its standard input, in
 * Secrets Manager.
 */
@Command(name = "plan", description = "Tells what the stack of a file has to be.")
final class PlanCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(names = "--file", description = "The import file; without it, there are values.")
  private @Nullable Path file;

  @Option(names = "--value", paramLabel = "NAME=VALUE", description = "One that is empty is none.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--secret", description = "The secret that the password is stored in.")
  private String secret = "";

  @Option(names = "--set", paramLabel = "KEY=VALUE")
  private List<String> overrides = List.of();

  @Option(names = "--parameter", paramLabel = "NAME=VALUE", description = "One that is given.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(names = "--facts", required = true, description = "What is known of the stack.")
  private Path facts = Path.of("");

  @Option(names = "--out", required = true, description = "The folder.")
  private Path folder = Path.of("");

  @Option(names = "--dry-run")
  private boolean dryRun;

  PlanCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> known = FactLines.read(facts);
    Occupied occupied = Occupied.look(known.getOrDefault("output.ClusterId", ""));
    if (occupied.hasEnded()) {
      out.println("Cluster " + occupied.cluster() + " has ended: a new one takes its place");
      known.put("cluster-ended", "true");
    }
    String region = known.getOrDefault("region", "");
    try (AwsAccount account = AwsAccount.in(region)) {
      Path read = file == null ? written(arn(account, known)) : file;
      DeployedFile deployed = checked(read, region);
      StackParameters parameters = new StackParameters(deployed, known, Map.copyOf(given), account);
      Map<String, String> changed = parameters.changed();
      occupied.refuse(parameters.taken(changed));
      parameters.reach(changed).refuseOthers(deployed.tree());
      if (file == null && !dryRun) {
        deployed = checked(written(stored(account)), region);
        parameters = new StackParameters(deployed, known, Map.copyOf(given), account);
        changed = parameters.changed();
      }
      deployed.warnings().forEach(warning -> out.println("Warning: " + warning));
      write(parameters, changed);
      Files.write(
          folder.resolve("plan"),
          List.of(
              FactLines.line("name", deployed.name()),
              FactLines.line("table", deployed.target().table()),
              FactLines.line("bucket", parameters.bucket()),
              FactLines.line("secret", file == null && !dryRun ? secret : ""),
              FactLines.line("cluster", occupied.hasEnded() ? "" : occupied.cluster()),
              FactLines.line("busy", occupied.step()),
              FactLines.line("file", read.toString())));
    }
    return 0;
  }

  private DeployedFile checked(Path read, String region) {
    DeployedFile deployed = DeployedFile.read(read, overrides);
    refuseOtherRegion(deployed, region);
    return deployed;
  }

  /** What the secret's ARN is, or is like if there is none yet. */
  private String arn(AwsAccount account, Map<String, String> known) {
    if (dryRun) {
      out.println("Would store the password as the secret " + secret + ", unless it is there");
    }
    return account
        .arnToStore(secret)
        .orElseGet(() -> AwsAccount.arnOf(secret, known.get("account"), known.get("region")));
  }

  private String stored(AwsAccount account) throws IOException {
    String password = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    AwsAccount.Stored stored = account.store(secret, password);
    out.println(stored.said());
    return stored.arn();
  }

  private Path written(String arn) throws IOException {
    values.values().removeIf(String::isEmpty);
    values.put("secret", arn);
    Path yaml = folder.resolve("import.yaml");
    Files.writeString(yaml, new PipelineText(values).yaml());
    return yaml;
  }

  private static void refuseOtherRegion(DeployedFile deployed, String region) {
    String stated = deployed.target().aws().region();
    if (stated != null && !stated.equals(region) && deployed.target().aws().roleArn() == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "sink.region is " + stated + ", and the stack's region is " + region,
          "The stack's rights are for tables of its own region: say --region " + stated + ".");
    }
  }

  private void write(StackParameters parameters, Map<String, String> changed) throws IOException {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    out.println("Parameters:");
    changed.forEach(
        (name, value) -> {
          json.addObject().put("ParameterKey", name).put("ParameterValue", value);
          String was = parameters.previous(name);
          out.println(
              "  %-22s %s%s"
                  .formatted(
                      name,
                      value.isEmpty() ? "''" : value,
                      was == null || was.equals(value) ? "" : " (was " + was + ")"));
        });
    for (String name : parameters.kept(changed)) {
      json.addObject().put("ParameterKey", name).put("UsePreviousValue", true);
    }
    Files.writeString(folder.resolve("parameters.json"), json.toString());
  }
}
