package io.dynaload.source.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What AWS Data Pipeline, or Hive on EMR, wrote: the version 3, whose manifest names its files, or
 * the oldest one, where the files of a folder are all that there is. Neither knows counts or
 * checksums, a table or a time.
 *
 * @param path of the manifest; without one, of the folder or file
 * @param entries of the manifest; empty without one
 */
record LegacyExport(String path, List<Entry> entries) implements Export {
  private static final long serialVersionUID = 1L;

  /**
   * A file of the manifest.
   *
   * @param mandatory whether it has to be there
   */
  record Entry(String url, boolean mandatory) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static LegacyExport ofManifest(Storage storage, StoredObject manifest) throws IOException {
    ManifestJson json = ManifestJson.of(Manifests.read(storage, manifest, false), manifest.uri());
    if (json.count("version") != 3) {
      throw json.wrong("has the version " + json.count("version") + ", and only 3 is known");
    }
    JsonNode listed = json.object().path("entries");
    if (!listed.isArray()) {
      throw json.wrong("has no entries");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode each : listed) {
      ManifestJson entry =
          new ManifestJson(each, manifest.uri() + ", entry " + (entries.size() + 1) + ",");
      entries.add(new Entry(entry.text("url"), each.path("mandatory").asBoolean(true)));
    }
    if (entries.isEmpty()) {
      throw json.wrong("names no file");
    }
    return new LegacyExport(manifest.uri(), entries);
  }

  static LegacyExport withoutManifest(String path) {
    return new LegacyExport(path, List.of());
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, false);
  }

  @Override
  public RecordFormat format() {
    return Formats.legacyExport();
  }

  @Override
  public String fingerprint() {
    return "the export " + path + (entries.isEmpty() ? "" : " of " + entries.size() + " files");
  }

  @Override
  public List<String> inspect(Storage storage, boolean verify) throws IOException {
    List<String> warnings = new ArrayList<>();
    if (entries.isEmpty()) {
      warnings.add(
          path
              + " has no manifest, so whether all of its files are there cannot be checked: all that"
              + " are there are read.");
    }
    int missing = Math.max(entries.size() - files(storage, verify).size(), 0);
    if (missing > 0) {
      warnings.add(
          missing + " files that " + path + " names, none of them mandatory, are not there.");
    }
    return warnings;
  }

  @Override
  public List<FileToRead> files(Storage storage, boolean verify) throws IOException {
    List<FileToRead> files = new ArrayList<>();
    if (entries.isEmpty()) {
      storage.list(path).forEach(object -> files.add(FileToRead.of(object)));
      return files;
    }
    for (Entry entry : entries) {
      Optional<StoredObject> found = find(storage, entry);
      if (found.isPresent()) {
        files.add(FileToRead.of(found.get()));
      } else if (entry.mandatory()) {
        throw new ImportException(
            ErrorCode.SOURCE,
            "A data file of the export is missing: there is no "
                + beside(entry)
                + ", no "
                + entry.url(),
            "Put it back, or take it out of " + path + ".");
      }
    }
    return files;
  }

  /** Beside the manifest first: it may be a copy, and then so is what is meant. */
  private Optional<StoredObject> find(Storage storage, Entry entry) throws IOException {
    Optional<StoredObject> beside = storage.find(beside(entry));
    return beside.isPresent() ? beside : storage.find(entry.url());
  }

  private String beside(Entry entry) {
    return Uris.parent(path) + "/" + Uris.name(entry.url());
  }
}
