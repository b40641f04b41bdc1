package io.dynaload.source;

import io.dynaload.aws.TableAddress;
import io.dynaload.item.Item;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** A configured source. Serializable into the job graph, so it holds references to secrets only. */
public interface ImportSource extends Serializable {
  SourceTraits traits();

  /** The table that is written, for a source that must not read it. */
  interface Target {
    String table();

    /** Whether it is this one. Connects, and blocks. */
    boolean is(TableAddress table);
  }

  /**
   * What a source reads where the file leaves that open.
   *
   * @param names that tell it apart; empty where the file says all
   * @param warnings what the user should know of how it was found, each a sentence or two
   */
  record Found(List<String> names, List<String> warnings) implements Serializable {
    /** The file says all. */
    public static final Found NOTHING = new Found(List.of(), List.of());

    public Found {
      names = List.copyOf(names);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Looks up what the file leaves open, such as the tables that match a pattern. Called by the run
   * that an import begins with, and never again: the names are kept with its checkpoints, and a run
   * that goes on from one of these is given them as they were. Connects.
   *
   * @param target which is never found
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  default Found find(Target target) {
    return Found.NOTHING;
  }

  /** The same source, of what {@link #find} found, in this run or in the one that it began with. */
  default ImportSource of(Found found) {
    return this;
  }

  /**
   * What has to be imported one after the other, each by a job of its own, because the later is
   * only right once the earlier is in the table: this source alone, or several in its place.
   * Connects where that needs a look; called once, of what was found, before {@link #inspect},
   * which each step is then asked for, and at every run, so it has to answer the same when the
   * import goes on.
   *
   * @return at least one
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  default List<ImportSource> steps() {
    return List.of(this);
  }

  /**
   * Connects, checks what the file says against what is there, and tells what the items will look
   * like. Called once, by the process that submits the job, before anything is written by any step.
   *
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  SourceSchema inspect();

  /**
   * The same source for who asks for nothing of its items but these attributes: it may leave out
   * all others, and never gives another value to one of these. That the items have some of the
   * others, or lack some of these, is no error. Its traits and keys stay what they are. Called, if
   * at all, on each step before {@link #inspect}.
   */
  default ImportSource project(List<String> attributes) {
    return this;
  }

  /**
   * The table that the items of a unit come from, or an empty text. Opens no connection; asked of a
   * source whose {@link #steps} were not, too.
   *
   * @param unit of their {@link io.dynaload.item.Origin}
   */
  default String table(String unit) {
    return "";
  }

  /** The tables of DynamoDB that it reads: none of them may be the target, too. */
  default List<TableAddress> reads() {
    return List.of();
  }

  /** The Flink source; {@code schema} is what {@link #inspect} returned. */
  Source<Item, ?, ?> toFlinkSource(SourceSchema schema);
}
