package io.dynaload.source.deadletter;

import io.dynaload.item.Rejection.Stage;
import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** All letters are one split: an id may be in two files, and only one reader can see that. */
record LetterConnector(List<String> files, Set<Stage> stages)
    implements BoundedConnector<LetterSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public String fingerprint() {
    return "dead letters of " + new TreeSet<>(stages) + " in " + files;
  }

  @Override
  public List<LetterSplit> plan(int parallelism) {
    return List.of(new LetterSplit(0));
  }

  @Override
  public PageReader<LetterSplit> reader() {
    return new LetterReader(files, stages);
  }

  @Override
  public SimpleVersionedSerializer<LetterSplit> splitSerializer() {
    return new LetterSplitSerializer();
  }
}
