package io.dynaload.sink;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the section {@code sink} that say what is done with items that are there already.
 *
 * @param versionAttribute by which {@code newer-wins} compares; null in all other modes
 */
public record WriteModeConfig(WriteMode mode, @Nullable String versionAttribute)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a file that says nothing of it means. */
  public static final WriteModeConfig OVERWRITE = new WriteModeConfig(WriteMode.OVERWRITE, null);

  public static final WriteModeConfig INSERT_ONLY =
      new WriteModeConfig(WriteMode.INSERT_ONLY, null);

  public static final Key<WriteMode> WRITE_MODE =
      Key.choice("write-mode", WriteMode.class)
          .defaultsTo(WriteMode.OVERWRITE)
          .describedAs(
              "What becomes of an item whose key is in the table: it replaces what is there"
                  + " (`overwrite`), never (`insert-only`), or only what has an older version"
                  + " (`newer-wins`). The last two write one item a call.");

  public static final Key<String> VERSION_ATTRIBUTE =
      Key.text("version-attribute")
          .example("updated_at")
          .describedAs(
              "Attribute by which `newer-wins` compares: a number, or a text that sorts as its"
                  + " versions do.");

  static final Keys KEYS = Keys.of(WRITE_MODE, VERSION_ATTRIBUTE);

  public WriteModeConfig {
    if ((mode == WriteMode.NEWER_WINS) != (versionAttribute != null)) {
      throw new IllegalArgumentException("A version attribute goes with newer-wins alone");
    }
  }

  public static WriteModeConfig newerWins(String versionAttribute) {
    return new WriteModeConfig(WriteMode.NEWER_WINS, versionAttribute);
  }

  static WriteModeConfig from(Section section) {
    WriteMode mode = section.get(WRITE_MODE);
    String version = section.find(VERSION_ATTRIBUTE).orElse(null);
    if (mode == WriteMode.NEWER_WINS && (version == null || version.isEmpty())) {
      throw section.problem(
          VERSION_ATTRIBUTE,
          "is missing; write-mode: newer-wins needs it",
          "Name the attribute that tells which of two items is newer, such as updated_at.");
    }
    if (mode != WriteMode.NEWER_WINS && version != null) {
      throw section.problem(
          VERSION_ATTRIBUTE,
          "needs write-mode: newer-wins",
          "Add that, or leave version-attribute out.");
    }
    return new WriteModeConfig(mode, version);
  }

  /** Whether items are written under a condition, one a call. */
  public boolean isConditional() {
    return mode != WriteMode.OVERWRITE;
  }
}
