package io.dynaload.item;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Placeholder of the type information of {@link Item}. */
public final class ItemTypeInfo {
  public static final TypeInformation<Item> INSTANCE = TypeInformation.of(Item.class);

  private ItemTypeInfo() {}
}
