package io.dynaload.item;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Items between operators and in state. Version 1 is, one behind the other:
 *
 * <pre>
 * flags       1 byte: bit 0 a delete, bit 1 with a write timestamp, bit 2 rejected
 * json        length, then the bytes
 * size        in bytes by DynamoDB's rules
 * timestamp   8 bytes, big-endian, if there is one
 * unit        of the origin: length, then UTF-8
 * position    of the origin
 * rejection   of a rejected item: stage and form, 1 byte each; code and reason, length, then UTF-8
 * </pre>
 *
 * Lengths, size and position are variable-length numbers: seven bits a byte, the lowest first, all
 * but the last byte with the top bit set.
 *
 * <p>Not thread-safe, so {@link #duplicate()} makes a new one: the last unit is kept, because the
 * items that follow one another mostly come from the same.
 */
public final class ItemSerializer extends TypeSerializer<Item> {
  private static final long serialVersionUID = 1L;

  private static final int DELETE = 1;
  private static final int WITH_TIMESTAMP = 2;
  private static final int REJECTED = 4;
  private static final int KNOWN_FLAGS = DELETE | WITH_TIMESTAMP | REJECTED;

  private static final byte[] EMPTY = {'{', '}'};

  private transient @Nullable String writtenUnit;
  private transient byte @Nullable [] writtenUnitBytes;
  private transient @Nullable String readUnit;
  private transient byte @Nullable [] readUnitBytes;
  private transient byte @Nullable [] scratch;

  @Override
  public void serialize(Item item, DataOutputView out) throws IOException {
    byte[] json = item.json();
    out.writeByte(flags(item));
    writeVarLong(json.length, out);
    out.write(json, 0, json.length);
    writeVarLong(item.size(), out);
    if (item.hasWriteTimestamp()) {
      out.writeLong(item.writeTimestampMicros());
    }
    byte[] unit = unitBytes(item.origin().unit());
    writeVarLong(unit.length, out);
    out.write(unit, 0, unit.length);
    writeVarLong(item.origin().position(), out);
    if (item.isRejected()) {
      RejectionFormat.write(item.rejection(), out);
    }
  }

  private static int flags(Item item) {
    int kind =
        switch (item.kind()) {
          case PUT -> 0;
          case DELETE -> DELETE;
          case REJECTED -> REJECTED;
        };
    return item.hasWriteTimestamp() ? kind | WITH_TIMESTAMP : kind;
  }

  @Override
  public Item deserialize(DataInputView in) throws IOException {
    int flags = readFlags(in);
    byte[] json = new byte[readLength(in)];
    in.readFully(json, 0, json.length);
    int size = readLength(in);
    long timestamp = (flags & WITH_TIMESTAMP) != 0 ? in.readLong() : Item.NO_WRITE_TIMESTAMP;
    String unit = readUnit(in, readLength(in));
    Origin origin = new Origin(unit, readVarLong(in));
    if ((flags & REJECTED) != 0) {
      return Item.rejected(json, timestamp, origin, RejectionFormat.read(in));
    }
    return (flags & DELETE) != 0
        ? Item.delete(json, size, timestamp, origin)
        : Item.put(json, size, timestamp, origin);
  }

  @Override
  public Item deserialize(Item reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int flags = readFlags(in);
    out.writeByte(flags);
    copyBytes(in, out);
    writeVarLong(readVarLong(in), out);
    if ((flags & WITH_TIMESTAMP) != 0) {
      out.writeLong(in.readLong());
    }
    copyBytes(in, out);
    writeVarLong(readVarLong(in), out);
    if ((flags & REJECTED) != 0) {
      RejectionFormat.write(RejectionFormat.read(in), out);
    }
  }

  private void copyBytes(DataInputView in, DataOutputView out) throws IOException {
    int length = readLength(in);
    writeVarLong(length, out);
    out.write(read(in, length), 0, length);
  }

  private byte[] unitBytes(String unit) {
    byte[] bytes = writtenUnitBytes;
    if (bytes == null || !unit.equals(writtenUnit)) {
      bytes = unit.getBytes(StandardCharsets.UTF_8);
      writtenUnit = unit;
      writtenUnitBytes = bytes;
    }
    return bytes;
  }

  /** Reads bytes into an array that is used again, and may be longer. */
  private byte[] read(DataInputView in, int length) throws IOException {
    byte[] bytes = scratch;
    if (bytes == null || bytes.length < length) {
      bytes = new byte[Math.max(64, length)];
      scratch = bytes;
    }
    in.readFully(bytes, 0, length);
    return bytes;
  }

  private String readUnit(DataInputView in, int length) throws IOException {
    byte[] bytes = read(in, length);
    byte[] last = readUnitBytes;
    String unit = readUnit;
    if (last == null || unit == null || !Arrays.equals(last, 0, last.length, bytes, 0, length)) {
      unit = new String(bytes, 0, length, StandardCharsets.UTF_8);
      readUnit = unit;
      readUnitBytes = Arrays.copyOf(bytes, length);
    }
    return unit;
  }

  private static int readFlags(DataInputView in) throws IOException {
    int flags = in.readByte();
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new IOException("not an item: unknown flags " + flags);
    }
    return flags;
  }

  static int readLength(DataInputView in) throws IOException {
    long length = readVarLong(in);
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IOException("not an item: a length of " + length);
    }
    return (int) length;
  }

  static void writeVarLong(long value, DataOutputView out) throws IOException {
    while ((value & ~0x7fL) != 0) {
      out.writeByte((int) value | 0x80);
      value >>>= 7;
    }
    out.writeByte((int) value);
  }

  private static long readVarLong(DataInputView in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.readByte();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("not an item: a number that does not end");
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Item> duplicate() {
    return new ItemSerializer();
  }

  @Override
  public Item createInstance() {
    return Item.put(EMPTY, 0, Item.NO_WRITE_TIMESTAMP, new Origin("", 0));
  }

  @Override
  public Item copy(Item from) {
    return from;
  }

  @Override
  public Item copy(Item from, Item reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemSerializer;
  }

  @Override
  public int hashCode() {
    return ItemSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Item> snapshotConfiguration() {
    return new ItemSerializerSnapshot();
  }
}
