package io.dynaload.source.lindorm;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceFactory;

/** {@code type: lindorm}. */
public final class LindormSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "lindorm";
  }

  @Override
  public Keys keys() {
    return LindormConfig.KEYS;
  }

  @Override
  public ImportSource create(Section section) {
    return section.has(QueryConfig.QUERY)
        ? new QuerySource(QueryConfig.of(section))
        : new LindormSource(LindormConfig.of(section));
  }
}
