package io.dynaload.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.S3Server;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on a real S3 server, through Flink's S3 plugin. */
class DeadLetterS3ITCase {
  @TempDir private static Path folder;
  private static S3Server s3;

  @BeforeAll
  static void startTheServer() throws Exception {
    s3 = S3Server.start("bucket", folder);
    s3.useForFlink();
  }

  @AfterAll
  static void stopTheServer() {
    FileSystem.initialize(new Configuration(), null);
    s3.close();
  }

  @Test
  void lettersAreObjectsThatAreWrittenReadAndMarkedAsReplayed() throws Exception {
    DeadLetterStore store =
        new DeadLetterStore(new org.apache.flink.core.fs.Path("s3://bucket/letters/readings"));
    RunLetters run = store.ofRun("2023-a", "2023-a");
    assertThat(store.toReplay()).isEmpty();
    store.checkWritable(run);
    assertThat(s3.list("bucket", "letters")).doesNotContain("<Key>letters/readings/2023-a/probe");

    for (int attempt = 0; attempt < 2; attempt++) {
      try (DeadLetterWriter writer =
          new DeadLetterWriter(run, 0, 0, InstantSource.fixed(Letters.TIME))) {
        writer.write(Letters.rejected(attempt));
        writer.flush();
        writer.write(Letters.rejected(10 + attempt));
      }
    }
    List<String> files = store.toReplay();
    assertThat(files)
        .containsExactly(
            "s3://bucket/letters/readings/2023-a/0-0-0.jsonl",
            "s3://bucket/letters/readings/2023-a/0-0-1.jsonl",
            "s3://bucket/letters/readings/2023-a/0-0-2.jsonl",
            "s3://bucket/letters/readings/2023-a/0-0-3.jsonl");
    assertThat(Letters.read(files.get(3)))
        .extracting(DeadLetter::id)
        .containsExactly("2023-a/readings/split-0@11");

    store.replayed(files, store.ofReplay("2023-b"));
    assertThat(store.toReplay()).isEmpty();
  }
}
