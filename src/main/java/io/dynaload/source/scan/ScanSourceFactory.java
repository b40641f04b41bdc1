package io.dynaload.source.scan;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceFactory;

/** {@code type: scan}. */
public final class ScanSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "scan";
  }

  @Override
  public Keys keys() {
    return ScanConfig.KEYS;
  }

  @Override
  public ImportSource create(Section section) {
    return new ScanSource(ScanConfig.of(section), ImportSource.Found.NOTHING);
  }
}
