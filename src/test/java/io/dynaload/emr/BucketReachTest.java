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

class BucketReachTest {
  private final BucketReach reach = new BucketReach("mine", "theirs", "exports/", false);

  private static Tree tree(String yaml) {
    return ConfigFile.parse("x.yaml", yaml, List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pipeline: {checkpoint: {directory: s3://theirs/exports/c}} |"
            + " pipeline.checkpoint.directory | mine",
        "pipeline: {dead-letters: {directory: s3://letters/d}} | pipeline.dead-letters.directory |"
            + " InstancePolicyArn",
        "sink: {write-capacity: '${file:s3://units/now}'} | sink.write-capacity |"
            + " SourceBucketName=NAME",
        "source: {type: export, path: s3://theirs/others/1} | source.path | SourcePrefix=FOLDER/",
        "imports: [{source: {type: file, paths: [s3://mine/a, s3://third/b]}}] |"
            + " imports.0.source.paths.1 | SourceBucketName=NAME"
      })
  void whatTheClusterMayNotUseIsRefusedWithItsPlaceAndTheRemedy(
      String yaml, String path, String remedy) {
    ImportException e =
        catchThrowableOfType(ImportException.class, () -> reach.refuseOthers(tree(yaml)));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("x.yaml:1 " + path + ": s3://");
    assertThat(e.remedy()).contains(remedy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipeline: {checkpoint: {directory: s3://mine/c}}",
        "sink: {write-capacity: '${file:s3://theirs/exports/units}'}",
        "source: {type: export, path: s3://theirs/exports}",
        "source: {type: file, path: 's3://theirs/exports/*.csv'}",
        "source: {type: file, path: s3://third/b, role-arn: 'arn:aws:iam::123456789012:role/r'}"
      })
  void whatItMayUseIsNot(String yaml) {
    assertThatCode(() -> reach.refuseOthers(tree(yaml))).doesNotThrowAnyException();
  }

  @Test
  void aPolicyOfOnesOwnMayAllowAnyBucket() {
    assertThatCode(
            () ->
                new BucketReach("mine", "", "", true)
                    .refuseOthers(tree("source: {type: file, path: s3://third/b}")))
        .doesNotThrowAnyException();
  }
}
