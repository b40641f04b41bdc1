package io.dynaload.pipeline;

import io.dynaload.config.Section;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyType;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.WriteMode;
import io.dynaload.sink.WriteModeConfig;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.transform.Transform;
import java.util.Optional;

/** Finds out before anything is written whether the source's items suit the sink's write mode. */
final class WriteModeCheck {
  private static final String HAS_NO_EFFECT =
      "cannot be insert-only: the source tells of deletes, which would have no effect";
  private static final String CHOOSE_ANOTHER = "Choose newer-wins or overwrite.";

  private WriteModeCheck() {}

  /** What is wrong with a source that may tell of deletes. */
  static Optional<ImportException> deletes(
      SourceTraits source, DynamoDbSinkConfig sink, Section section) {
    return ignoresDeletes(source, sink)
        ? Optional.of(section.problem(WriteModeConfig.WRITE_MODE, HAS_NO_EFFECT, CHOOSE_ANOTHER))
        : Optional.empty();
  }

  /**
   * The same of one of the source's steps, of which more is known by now.
   *
   * @throws ImportException (CONFIGURATION) if it may
   */
  static void deletes(SourceTraits step, DynamoDbSinkConfig sink) {
    if (ignoresDeletes(step, sink)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION, "sink.write-mode " + HAS_NO_EFFECT, CHOOSE_ANOTHER);
    }
  }

  private static boolean ignoresDeletes(SourceTraits source, DynamoDbSinkConfig sink) {
    return source.deletes() && sink.writing().mode().mode() == WriteMode.INSERT_ONLY;
  }

  /**
   * @throws ImportException (CONFIGURATION) if the rows have no such version, or one that cannot be
   *     compared
   */
  static void version(SourceSchema schema, DynamoDbSinkConfig sink) {
    String version = sink.writing().mode().versionAttribute();
    if (version == null || !schema.isKnown()) {
      return;
    }
    String type = schema.attributes().get(version);
    if (type == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The rows have no '" + version + "', which is sink.version-attribute",
          "Add it to source.columns, or name another attribute. The rows have: "
              + String.join(", ", schema.attributes().keySet())
              + ".");
    }
    if (!type.equals(Transform.ANY_TYPE)
        && !type.equals(KeyType.N.name())
        && !type.equals(KeyType.S.name())) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "'" + version + "' of the rows is of type " + type + ", and no version",
          "Name an attribute in sink.version-attribute that is a number or a text.");
    }
  }
}
