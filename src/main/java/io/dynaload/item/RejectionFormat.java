package io.dynaload.item;

import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The part of an item's bytes that only a rejected item has; see {@link ItemSerializer}. */
final class RejectionFormat {
  private RejectionFormat() {}

  static void write(Rejection rejection, DataOutputView out) throws IOException {
    out.writeByte(rejection.stage().id());
    out.writeByte(rejection.form().id());
    writeText(rejection.code(), out);
    writeText(rejection.reason(), out);
  }

  static Rejection read(DataInputView in) throws IOException {
    Stage stage = stage(in.readByte());
    Form form = form(in.readByte());
    return new Rejection(stage, form, readText(in), readText(in));
  }

  private static Stage stage(int id) throws IOException {
    for (Stage stage : Stage.values()) {
      if (stage.id() == id) {
        return stage;
      }
    }
    throw new IOException("not an item: rejected by an unknown stage " + id);
  }

  private static Form form(int id) throws IOException {
    for (Form form : Form.values()) {
      if (form.id() == id) {
        return form;
      }
    }
    throw new IOException("not an item: rejected in an unknown form " + id);
  }

  private static void writeText(String text, DataOutputView out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ItemSerializer.writeVarLong(bytes.length, out);
    out.write(bytes, 0, bytes.length);
  }

  private static String readText(DataInputView in) throws IOException {
    byte[] bytes = new byte[ItemSerializer.readLength(in)];
    in.readFully(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
