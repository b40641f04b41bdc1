package io.dynaload.source.export;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceFactory;

/** {@code type: export}. */
public final class ExportSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "export";
  }

  @Override
  public Keys keys() {
    return ExportConfig.KEYS;
  }

  @Override
  public ImportSource create(Section section) {
    return new ExportSource(ExportConfig.of(section));
  }
}
