package io.dynaload.capacity;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.flink.core.fs.Path;

/** Looks up what capacity is asked for, and what the table has. Blocks. */
public final class CapacityProbe {
  /** More than any of its forms; so that no file of data is read. */
  private static final int FILE_BYTES = 256;

  private final String key;
  private final AskedCapacity asked;
  private final Supplier<TableCapacity> table;

  /** What was asked for, read from its file if it stands in one, and the table. */
  public record Seen(AskedCapacity asked, TableCapacity table) {}

  /**
   * @param key of the import file, such as sink.write-capacity
   * @param table describes the table at this moment; throws ImportException if it cannot
   */
  public CapacityProbe(String key, AskedCapacity asked, Supplier<TableCapacity> table) {
    this.key = key;
    this.asked = asked;
    this.table = table;
  }

  String key() {
    return key;
  }

  /** Whether all is known and stays as it is. */
  boolean hasNothingToLookAt() {
    return asked instanceof AskedCapacity.Units;
  }

  /**
   * Looks now.
   *
   * @throws ImportException CONFIGURATION if the file cannot be read or says nothing of use; or
   *     what the table's description throws
   */
  Seen look() {
    AskedCapacity now = asked();
    return new Seen(now, now instanceof AskedCapacity.Units ? TableCapacity.UNKNOWN : table.get());
  }

  /** What is asked for at this moment. */
  public AskedCapacity asked() {
    return asked instanceof AskedCapacity.InFile file ? read(file) : asked;
  }

  private AskedCapacity read(AskedCapacity.InFile file) {
    String text;
    Path path = new Path(file.path());
    try (InputStream in = path.getFileSystem().open(path)) {
      text = new String(in.readNBytes(FILE_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage());
    }
    try {
      return AskedCapacity.parse(text);
    } catch (IllegalArgumentException e) {
      String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      throw problem(file, "holds \"" + shown + "\", which " + e.getMessage());
    }
  }

  private ImportException problem(AskedCapacity.InFile file, String problem) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        key + ": " + file + ": " + problem,
        "Write a number of units, a percentage or adaptive into it, where every host of the job can"
            + " read it.");
  }
}
