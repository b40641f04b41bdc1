package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One put or delete that was found valid.
 *
 * @param item what is put; null for a delete
 * @param size of the item in bytes; 0 for a delete
 * @param request as it was sent, for UnprocessedItems
 */
record Write(ModelKey key, @Nullable JsonNode item, int size, JsonNode request) {}
