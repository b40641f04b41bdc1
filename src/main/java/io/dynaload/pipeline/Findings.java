package io.dynaload.pipeline;

import io.dynaload.aws.TableAddress;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.TargetTable;
import io.dynaload.source.ImportSource;
import io.dynaload.source.ImportSource.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a source reads where the file leaves that open. */
final class Findings {
  private Findings() {}

  /** The table of a sink's section, which may be still to be made. */
  private record Target(DynamoDbSinkConfig sink) implements ImportSource.Target {
    @Override
    public String table() {
      return sink.table();
    }

    @Override
    public boolean is(TableAddress table) {
      return TargetTable.address(sink).map(table::isSameAs).orElse(false);
    }
  }

  /**
   * What is there at this moment, for an import that begins; what was found then, for one that goes
   * on.
   *
   * @param from where it goes on from, or null
   */
  static Found of(ImportFile file, @Nullable ResumePoint from) {
    List<String> kept = from == null ? List.of() : new RunFolder(from.run()).found();
    return kept.isEmpty()
        ? file.source().find(new Target(file.sink()))
        : new Found(kept, List.of());
  }
}
