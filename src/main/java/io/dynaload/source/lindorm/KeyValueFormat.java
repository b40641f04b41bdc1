package io.dynaload.source.lindorm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * The binary form of a {@link KeyValue}: a byte for its kind, then its value. The kinds stand in
 * checkpoints: never reuse one.
 */
final class KeyValueFormat {
  private static final int INTEGRAL = 1;
  private static final int DECIMAL = 2;
  private static final int FLOATING = 3;
  private static final int BOOL = 4;
  private static final int TEXT = 5;
  private static final int BYTES = 6;
  private static final int TIMESTAMP = 7;
  private static final int DATE = 8;
  private static final int TIME = 9;

  private KeyValueFormat() {}

  static void write(KeyValue value, DataOutput out) throws IOException {
    if (value instanceof KeyValue.Integral integral) {
      out.writeByte(INTEGRAL);
      out.writeLong(integral.value());
    } else if (value instanceof KeyValue.Decimal decimal) {
      out.writeByte(DECIMAL);
      writeText(decimal.value().toString(), out);
    } else if (value instanceof KeyValue.Floating floating) {
      out.writeByte(FLOATING);
      out.writeDouble(floating.value());
    } else if (value instanceof KeyValue.Bool bool) {
      out.writeByte(BOOL);
      out.writeBoolean(bool.value());
    } else if (value instanceof KeyValue.Text text) {
      out.writeByte(TEXT);
      writeText(text.value(), out);
    } else if (value instanceof KeyValue.Bytes bytes) {
      out.writeByte(BYTES);
      writeBytes(bytes.value(), out);
    } else if (value instanceof KeyValue.Timestamp timestamp) {
      out.writeByte(TIMESTAMP);
      Instant instant = timestamp.value();
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    } else if (value instanceof KeyValue.Date date) {
      out.writeByte(DATE);
      out.writeLong(date.value().toEpochDay());
    } else if (value instanceof KeyValue.Time time) {
      out.writeByte(TIME);
      out.writeLong(time.value().toNanoOfDay());
    }
  }

  static KeyValue read(DataInput in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case INTEGRAL -> new KeyValue.Integral(in.readLong());
      case DECIMAL -> new KeyValue.Decimal(new BigDecimal(readText(in)));
      case FLOATING -> new KeyValue.Floating(in.readDouble());
      case BOOL -> new KeyValue.Bool(in.readBoolean());
      case TEXT -> new KeyValue.Text(readText(in));
      case BYTES -> new KeyValue.Bytes(readBytes(in));
      case TIMESTAMP -> new KeyValue.Timestamp(Instant.ofEpochSecond(in.readLong(), in.readInt()));
      case DATE -> new KeyValue.Date(LocalDate.ofEpochDay(in.readLong()));
      case TIME -> new KeyValue.Time(LocalTime.ofNanoOfDay(in.readLong()));
      default -> throw new IOException("No kind of key value has the number " + kind);
    };
  }

  private static void writeText(String text, DataOutput out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  private static String readText(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
