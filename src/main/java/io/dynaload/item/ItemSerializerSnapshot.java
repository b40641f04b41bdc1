package io.dynaload.item;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint says of the {@link ItemSerializer} that wrote it: the version alone, as the
 * serializer has no settings.
 */
public final class ItemSerializerSnapshot implements TypeSerializerSnapshot<Item> {
  static final int VERSION = 1;

  /** For Flink, which makes it by reflection. */
  public ItemSerializerSnapshot() {}

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) {}

  @Override
  public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
      throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "items written in version " + version + " cannot be read; known is " + VERSION);
    }
  }

  @Override
  public TypeSerializer<Item> restoreSerializer() {
    return new ItemSerializer();
  }

  @Override
  public TypeSerializerSchemaCompatibility<Item> resolveSchemaCompatibility(
      TypeSerializerSnapshot<Item> old) {
    return old instanceof ItemSerializerSnapshot
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
