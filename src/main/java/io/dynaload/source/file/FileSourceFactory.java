package io.dynaload.source.file;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceFactory;

/** {@code type: file}. */
public final class FileSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "file";
  }

  @Override
  public Keys keys() {
    return FileConfig.KEYS;
  }

  @Override
  public ImportSource create(Section section) {
    return new FileSource(FileConfig.of(section));
  }
}
