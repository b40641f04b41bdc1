package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import io.dynaload.source.storage.Compression;
import io.dynaload.source.storage.Expectation;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What DynamoDB's ExportTableToPointInTime wrote. The manifest says which files are its data; the
 * folder is never listed, as that of incremental exports is shared by all of them.
 *
 * @param manifest the uri of {@code manifest-summary.json}
 */
record NativeExport(String manifest, ManifestSummary summary) implements Export {
  private static final long serialVersionUID = 1L;

  static NativeExport of(Storage storage, StoredObject manifest) throws IOException {
    String text = Manifests.read(storage, manifest, false);
    return new NativeExport(
        manifest.uri(), ManifestSummary.of(ManifestJson.of(text, manifest.uri())));
  }

  /** A full one has each item once. Of an incremental one, this is not documented. */
  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, summary.isFull(), !summary.isFull());
  }

  @Override
  public RecordFormat format() {
    return switch (summary.format()) {
      case DYNAMODB_JSON -> Formats.dynamoDbExport();
      case ION -> Formats.ionExport();
    };
  }

  @Override
  public String fingerprint() {
    return summary + ", " + summary.items() + " items";
  }

  @Override
  public List<String> inspect(Storage storage, boolean verify) throws IOException {
    if (verify) {
      Manifests.read(storage, found(storage, List.of(manifest)), true);
    }
    List<DataFile> listed = listed(storage, verify);
    long items = listed.stream().mapToLong(DataFile::items).sum();
    if (verify && items != summary.items()) {
      throw new ImportException(
          ErrorCode.SOURCE,
          manifest
              + " speaks of "
              + summary.items()
              + " items, but the files in "
              + filesManifest(storage).uri()
              + " have "
              + items
              + " together",
          "The manifests do not belong together: copy the export anew, or set"
              + " source.verify-checksums: false.");
    }
    find(storage, listed);
    return List.of();
  }

  @Override
  public List<FileToRead> files(Storage storage, boolean verify) throws IOException {
    List<DataFile> listed = listed(storage, verify);
    List<StoredObject> found = find(storage, listed);
    List<FileToRead> files = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      StoredObject object = found.get(i);
      DataFile file = listed.get(i);
      Expectation expected = verify ? new Expectation(file.md5(), file.items()) : Expectation.NONE;
      files.add(new FileToRead(object, object.uri(), Compression.ofName(object.name()), expected));
    }
    return files;
  }

  private List<StoredObject> find(Storage storage, List<DataFile> listed) throws IOException {
    return new DataFinder(storage)
        .findAll(listed.stream().map(file -> Uris.of(manifest, file.key())).toList());
  }

  private List<DataFile> listed(Storage storage, boolean verify) throws IOException {
    StoredObject listing = filesManifest(storage);
    List<String> lines = Manifests.read(storage, listing, verify).lines().toList();
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        ManifestJson line = ManifestJson.of(lines.get(i), listing.uri() + ":" + (i + 1));
        files.add(DataFile.of(line, summary.tagsAreMd5()));
      }
    }
    return files;
  }

  /** Beside the summary, where it always is, unless somebody moved that alone. */
  private StoredObject filesManifest(Storage storage) throws IOException {
    String key = summary.filesKey();
    List<String> places = new ArrayList<>();
    places.add(Uris.parent(manifest) + "/" + Uris.name(key));
    places.addAll(Uris.of(manifest, key));
    return found(storage, places);
  }

  private StoredObject found(Storage storage, List<String> places) throws IOException {
    for (String place : places) {
      Optional<StoredObject> found = storage.find(place);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new ImportException(
        ErrorCode.SOURCE,
        "There is no " + Uris.name(places.get(0)) + " beside " + manifest,
        "Copy the export whole, with its manifests.");
  }
}
