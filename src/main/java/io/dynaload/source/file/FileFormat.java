package io.dynaload.source.file;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.format.FormatProviders;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the files are, as the import file says.
 *
 * @param csv how CSV is laid out; null for another format
 * @param builtIn whether it is none of the user's own
 */
record FileFormat(String name, RecordFormat records, @Nullable CsvConfig csv, boolean builtIn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String CSV = "csv";
  private static final Map<String, RecordFormat> BUILT_IN =
      Map.of(
          "json", Formats.json(),
          "dynamodb-json", Formats.dynamoDbJson(),
          "ion", Formats.ion());

  static final Key<String> FORMAT =
      Key.text("format")
          .required()
          .example(CSV)
          .describedAs(
              "`csv`; `json`, an object a line; `dynamodb-json`, an item a line, alone or in"
                  + " `{\"Item\":…}`; `ion`, text or binary; or the name of a decoder on the class"
                  + " path.");

  static final Key<Map<String, String>> OPTIONS =
      Key.textMap("options")
          .defaultsTo(Map.of())
          .example("{encoding: latin-1}")
          .describedAs("Options of a decoder on the class path, as it understands them.");

  static final Keys KEYS = Keys.of(FORMAT).and(CsvConfig.KEYS).and(OPTIONS);

  static FileFormat of(Section section) {
    String name = section.get(FORMAT);
    if (name.equals(CSV)) {
      refuse(section, OPTIONS, "is for a decoder on the class path");
      CsvConfig csv = CsvConfig.of(section);
      return new FileFormat(name, csv.records(), csv, true);
    }
    CsvConfig.KEYS.list().forEach(key -> refuse(section, key, "is for format: csv"));
    RecordFormat builtIn = BUILT_IN.get(name);
    if (builtIn != null) {
      refuse(section, OPTIONS, "is for a decoder on the class path");
      return new FileFormat(name, builtIn, null, true);
    }
    return new FileFormat(name, ofUser(section, name), null, false);
  }

  private static void refuse(Section section, Key<?> key, String message) {
    if (section.has(key)) {
      throw section.problem(key, message, "Leave it out, or choose that format.");
    }
  }

  private static RecordFormat ofUser(Section section, String name) {
    if (!FormatProviders.names().contains(name)) {
      List<String> known = new ArrayList<>(List.of(CSV, "json", "dynamodb-json", "ion"));
      known.addAll(FormatProviders.names());
      throw section.problem(
          FORMAT,
          name + " is not a format that is known here. Known: " + String.join(", ", known),
          "Write one of these, or put the jar of your decoder on the class path; see docs/files.md.");
    }
    return FormatProviders.create(name, section.get(OPTIONS));
  }
}
