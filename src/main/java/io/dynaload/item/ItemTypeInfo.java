package io.dynaload.item;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type information of {@link Item}, which Flink finds by the class's annotation, too. */
public final class ItemTypeInfo extends TypeInformation<Item> {
  private static final long serialVersionUID = 1L;

  public static final ItemTypeInfo INSTANCE = new ItemTypeInfo();

  private ItemTypeInfo() {}

  /** For Flink, by the annotation on {@link Item}. */
  public static final class Factory extends TypeInfoFactory<Item> {
    @Override
    public TypeInformation<Item> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return INSTANCE;
    }
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Item> getTypeClass() {
    return Item.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Item> createSerializer(SerializerConfig config) {
    return new ItemSerializer();
  }

  @Override
  @Deprecated
  public TypeSerializer<Item> createSerializer(ExecutionConfig config) {
    return new ItemSerializer();
  }

  @Override
  public boolean canEqual(@Nullable Object other) {
    return other instanceof ItemTypeInfo;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemTypeInfo;
  }

  @Override
  public int hashCode() {
    return ItemTypeInfo.class.hashCode();
  }

  @Override
  public String toString() {
    return "Item";
  }
}
