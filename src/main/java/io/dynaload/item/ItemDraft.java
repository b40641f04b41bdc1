package io.dynaload.item;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item that is being changed, over its bytes: where its attributes begin and end is found once,
 * when the first of them is asked for; what is not changed is copied as it is written, never
 * decoded; an item of which nothing was changed comes out as the very item that came in.
 *
 * <p>Attributes are named by their index, which stays theirs until {@link #begin}; new ones come
 * last. The item must be valid, as every item of a source is; one that is not is an {@link
 * IllegalStateException}. Reusable, and cheap only if it is reused; not thread-safe.
 */
public final class ItemDraft {
  /** A value in wire format, ready to be put into an item, with its size by DynamoDB's rules. */
  public static final class Encoded {
    private final Value value;
    private final byte[] json;
    private final int size;

    private Encoded(Value value, byte[] json, int size) {
      this.value = value;
      this.json = json;
      this.size = size;
    }
  }

  private static final int ABSENT = -1;

  private final WireBuffer out = new WireBuffer();
  private final WireBuffer scratch = new WireBuffer();
  private final ItemIndex index = new ItemIndex();

  private @Nullable Item item;
  private boolean opened;
  private boolean changed;

  /** How many attributes the item had, and how many there are with those that were added. */
  private int original;

  private int count;
  private boolean[] removed = new boolean[32];
  private ItemEncoder.@Nullable Name[] newName = new ItemEncoder.Name[32];
  private @Nullable Encoded[] newValue = new Encoded[32];

  /** Drops what was begun, if anything, and begins with a put or a delete. */
  public ItemDraft begin(Item with) {
    item = with;
    opened = false;
    changed = false;
    return this;
  }

  /** Whether the bytes were looked at. */
  public boolean isOpened() {
    return opened;
  }

  /** Whether what comes out is not the item that came in. */
  public boolean isChanged() {
    return changed;
  }

  /** Indexes go from 0 up to this; some may be {@linkplain #isRemoved removed} by now. */
  public int count() {
    open();
    return count;
  }

  public boolean isRemoved(int index) {
    return removed[index];
  }

  /** The index of the attribute with a name, or -1. */
  public int find(ItemEncoder.Name name) {
    return find(name, 0);
  }

  /**
   * The same.
   *
   * @param hint where it was in another item: items of a kind have their attributes in one order
   */
  public int find(ItemEncoder.Name name, int hint) {
    open();
    byte[] utf8 = name.utf8();
    int from = hint < count ? hint : 0;
    for (int i = from; i < count; i++) {
      if (isNamed(i, name, utf8)) {
        return i;
      }
    }
    for (int i = 0; i < from; i++) {
      if (isNamed(i, name, utf8)) {
        return i;
      }
    }
    return ABSENT;
  }

  private boolean isNamed(int i, ItemEncoder.Name name, byte[] utf8) {
    if (removed[i]) {
      return false;
    }
    ItemEncoder.Name other = newName[i];
    return other == null
        ? index.isNamed(i, utf8)
        : other == name || Arrays.equals(other.utf8(), utf8);
  }

  public Value value(int index) {
    Encoded encoded = newValue[index];
    return encoded == null ? this.index.value(index) : encoded.value;
  }

  /** All attributes, in their order. */
  public Map<String, Value> asMap() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count(); i++) {
      if (!removed[i]) {
        attributes.put(name(i), value(i));
      }
    }
    return attributes;
  }

  public String name(int index) {
    ItemEncoder.Name name = newName[index];
    return name == null ? this.index.name(index) : name.toString();
  }

  /**
   * The bytes and the size of a value.
   *
   * @throws InvalidItemException if DynamoDB would refuse it
   */
  public Encoded encode(Value value) throws InvalidItemException {
    scratch.reset();
    int size = ValueWriter.write(value, scratch, 0);
    return new Encoded(value, scratch.toArray(), size);
  }

  public void remove(int index) {
    removed[index] = true;
    changed = true;
  }

  /** Gives an attribute another name, which no other attribute may have by now. */
  public void rename(int index, ItemEncoder.Name name) {
    newName[index] = name;
    changed = true;
  }

  /** Gives an attribute another value. */
  public void replace(int index, Encoded value) {
    newValue[index] = value;
    changed = true;
  }

  /** Gives an attribute a value, whether the item has it or not. */
  public void set(ItemEncoder.Name name, Encoded value) {
    int index = find(name);
    if (index < 0) {
      index = add();
      newName[index] = name;
    }
    replace(index, value);
  }

  /**
   * The item as it is now, of the same kind and from the same place.
   *
   * @throws InvalidItemException (TOO_LARGE) if it has more than 400 KB
   */
  public Item toItem() throws InvalidItemException {
    Item from = item();
    if (!changed) {
      return from;
    }
    int size = size(from);
    ItemValidator.checkSize(size);
    byte[] bytes = write();
    long timestamp = from.writeTimestampMicros();
    return from.kind() == Item.Kind.DELETE
        ? Item.delete(bytes, size, timestamp, from.origin())
        : Item.put(bytes, size, timestamp, from.origin());
  }

  private Item item() {
    if (item == null) {
      throw new IllegalStateException("no item was begun");
    }
    return item;
  }

  /** Attributes that follow one another unchanged are copied at once. */
  private byte[] write() {
    out.reset();
    out.raw('{');
    int from = -1;
    int to = -1;
    for (int i = 0; i < count; i++) {
      if (removed[i]) {
        continue;
      }
      if (newName[i] == null && newValue[i] == null) {
        if (from >= 0 && !removed[i - 1]) {
          to = i;
          continue;
        }
        flush(from, to);
        from = i;
        to = i;
        continue;
      }
      flush(from, to);
      from = -1;
      comma();
      writeChanged(i);
    }
    flush(from, to);
    out.raw('}');
    return out.toArray();
  }

  private void flush(int from, int to) {
    if (from >= 0) {
      comma();
      index.copy(from, to, out);
    }
  }

  private void comma() {
    if (out.length() > 1) {
      out.raw(',');
    }
  }

  private void writeChanged(int i) {
    ItemEncoder.Name name = newName[i];
    Encoded value = newValue[i];
    if (name == null) {
      index.copyName(i, out);
    } else {
      out.raw(name.json());
    }
    if (value == null) {
      index.copyValue(i, out);
    } else {
      out.raw(value.json);
    }
  }

  /** By what is there or by what is gone, whichever is less to measure. */
  private int size(Item from) {
    int kept = 0;
    for (int i = 0; i < original; i++) {
      kept += isKept(i) ? 1 : 0;
    }
    boolean byKept = kept <= original - kept;
    int size = byKept ? 0 : from.size();
    for (int i = 0; i < original; i++) {
      if (byKept == isKept(i)) {
        size += byKept ? originalSize(i) : -originalSize(i);
      }
    }
    for (int i = 0; i < count; i++) {
      if (removed[i]) {
        continue;
      }
      ItemEncoder.Name name = newName[i];
      Encoded value = newValue[i];
      boolean kept1 = i < original && isKept(i);
      if (kept1 && name != null) {
        size += name.size() - index.nameSize(i);
      } else if (!kept1) {
        size += name == null ? index.nameSize(i) : name.size();
        size += value == null ? 0 : value.size;
      }
    }
    return size;
  }

  /** Whether the value is still there as it was. */
  private boolean isKept(int index) {
    return !removed[index] && newValue[index] == null;
  }

  private int originalSize(int i) {
    return index.nameSize(i) + index.valueSize(i);
  }

  private int add() {
    if (count == removed.length) {
      grow(count * 2);
    }
    clear(count);
    return count++;
  }

  private void grow(int length) {
    removed = Arrays.copyOf(removed, length);
    newName = Arrays.copyOf(newName, length);
    newValue = Arrays.copyOf(newValue, length);
  }

  private void clear(int i) {
    removed[i] = false;
    newName[i] = null;
    newValue[i] = null;
  }

  private void open() {
    if (opened) {
      return;
    }
    index.read(item().json());
    original = index.count();
    count = original;
    if (count > removed.length) {
      grow(count * 2);
    }
    for (int i = 0; i < count; i++) {
      clear(i);
    }
    opened = true;
  }
}
