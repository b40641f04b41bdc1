package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Tree;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfThisMachineTest {
  private static Tree tree(String yaml) {
    return ConfigFile.parse("x.yaml", yaml, List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source: {password: '${env:P}'} | source.password | create-secret",
        "source: {password: '${file:/p}'} | source.password | ${secretsmanager:ARN}",
        "imports: [{source: {password: '${env:P}'}}] | imports.0.source.password | create-secret",
        "sink: {write-capacity: '${file:units}'} | sink.write-capacity | a file on S3",
        "sink: {endpoint: 'http://127.0.0.1:8000'} | sink.endpoint | that the cluster can reach",
        "source: {url: 'jdbc:lindorm:table:url=http://localhost:1'} | source.url | that the cluster"
            + " can",
        "source: {url: 'jdbc:mysql://h.example.com:3306/db'} | source.url | jdbc:lindorm:table:url",
        "source: {driver-jar: /opt/drivers/d.jar} | source.driver-jar | Leave it out",
        "source: {path: data/x.csv} | source.path | aws s3 cp",
        "source: {paths: [s3://b/x, /data]} | source.paths.1 | aws s3 cp",
        "pipeline: {checkpoint: {directory: file:///tmp/c}} | pipeline.checkpoint.directory | the"
            + " stack's bucket"
      })
  void whatNoNodeHasIsRefusedWithItsPlaceAndTheRemedy(String yaml, String path, String remedy) {
    ImportException e =
        catchThrowableOfType(
            ImportException.class, () -> OfThisMachine.refuse(tree(yaml), "readings"));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("x.yaml:1 " + path + ": ");
    assertThat(e.remedy()).contains(remedy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source: {password: '${secretsmanager:a#b}'}",
        "source: {password: '${ssm:/a}'}",
        "sink: {write-capacity: '${file:s3://b/units}'}",
        "source: {url: 'jdbc:lindorm:table:url=http://localhost.example.com:30060'}",
        "pipeline: {dead-letters: {directory: 's3://b/d'}}"
      })
  void whatEveryNodeHasIsNot(String yaml) {
    assertThatCode(() -> OfThisMachine.refuse(tree(yaml), "readings")).doesNotThrowAnyException();
  }

  @Test
  void allOfItIsSaidTogether() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () ->
                OfThisMachine.refuse(tree("source: {path: x, password: '${env:P}'}"), "readings"));

    assertThat(e.problem()).contains("source.path").contains("source.password");
    assertThat(e.remedy()).contains("--name dynaload/readings").contains("aws s3 cp");
  }
}
