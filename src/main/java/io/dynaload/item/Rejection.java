package io.dynaload.item;

/**
 * Why an item goes to the dead letters instead of the table.
 *
 * @param stage that rejected it
 * @param form of the item's bytes
 * @param code short and stable, for counting: an {@link InvalidItemException.Reason} or the
 *     service's error code
 * @param reason for a person; may name attributes, never values
 */
public record Rejection(Stage stage, Form form, String code, String reason) {
  /** The ids stand in checkpoints: never reuse or renumber one. */
  public enum Stage {
    SOURCE(1),
    TRANSFORM(2),
    SINK(3);

    private final int id;

    Stage(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }

  /** What the bytes are. The ids stand in checkpoints: never reuse or renumber one. */
  public enum Form {
    /** The DynamoDB JSON of an item that was to be put, as far as there is JSON for its values. */
    ITEM(1),
    /** The DynamoDB JSON of a key that was to be deleted. */
    KEY(2),
    /** What the source gave, a line or a record that could not be read. */
    RAW(3);

    private final int id;

    Form(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }
}
