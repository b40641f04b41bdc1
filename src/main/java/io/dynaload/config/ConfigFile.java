package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads an import file into an unchecked {@link Tree}, with the command line's overrides in it. */
public final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param overrides what stands behind each {@code --set}: {@code sink.table=x}
   * @throws ImportException (CONFIGURATION) if the file cannot be read or is not YAML, or an
   *     override is malformed
   */
  public static Tree read(Path file, List<String> overrides) {
    return parse(file.toString(), text(file), overrides);
  }

  /** Reads a text; {@code label} stands for the file in messages. */
  public static Tree parse(String label, String text, List<String> overrides) {
    Node root = YamlReader.readFile(label, text);
    if (!(root instanceof Node.Mapping)
        && !(root instanceof Node.Missing && !overrides.isEmpty())) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          root.place()
              + (root instanceof Node.Missing
                  ? ": the file is empty"
                  : ": the file holds " + root.what() + ", not sections"),
          "Begin with the sections \"source:\" and \"sink:\", each with its keys indented below it.");
    }
    return new Tree("", root.place(), Overrides.apply(root, overrides));
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw unreadable(file, "is a folder, not a file", "Name the import file in it.");
    }
    if (!Files.exists(file)) {
      throw unreadable(
          file,
          "no such file",
          "Check the path; a relative one begins at " + Path.of("").toAbsolutePath() + ".");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(
            file, "is larger than 1 MiB", "Name an import file (YAML), not a file of data.");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw unreadable(file, "is not UTF-8 text", "Save it as UTF-8.");
    } catch (IOException e) {
      throw unreadable(
          file,
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "Let the user that runs this process read the file.");
    }
  }

  private static ImportException unreadable(Path file, String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, file + ": " + message, remedy);
  }
}
