package io.dynaload.emr.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.emr.ScriptProcess;
import io.dynaload.emr.ScriptProcess.Ended;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** monitor.sh as a process, against services on this machine. */
final class MonitorScript {
  private final Path jar;
  private final ScriptProcess script;

  MonitorScript(Path folder, URI endpoint) throws IOException {
    jar = folder.resolve("a jar.jar");
    ScriptProcess.writeJar(jar);
    script = new ScriptProcess(folder, endpoint, Duration.ofSeconds(120));
  }

  Ended run(String... arguments) throws Exception {
    return end(start(arguments));
  }

  Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("dynaload.home", "."), "monitor.sh").toString(),
                "--jar",
                jar.toString()));
    command.addAll(Arrays.asList(arguments));
    return script.start(command);
  }

  String printed() throws IOException {
    return script.printed();
  }

  Ended end(Process process) throws Exception {
    return script.end(process);
  }

  static JsonNode json(Ended ended) throws IOException {
    return new ObjectMapper().readTree(ended.out());
  }
}
