package io.dynaload.transform;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Value;
import io.dynaload.transform.expression.EvaluationException;
import io.dynaload.transform.expression.Fault;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Write sharding: appends to a text attribute a number below {@code shards} that depends on nothing
 * but another attribute's value, so the same item always gets the same, and whoever knows the value
 * can compute it: the CRC-32 of its UTF-8 text, modulo {@code shards}. A number's text is its plain
 * decimal one without trailing zeros.
 *
 * @param by the attribute; null for the target's sort key
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html">DynamoDB
 *     developer guide, "Using write sharding"</a>
 */
record KeySuffix(String attribute, int shards, @Nullable String by, String separator)
    implements Operation {
  @Override
  public Changes changes() {
    return Changes.of(attribute);
  }

  @Override
  public void outcome(Map<String, String> types) {}

  @Override
  public Action prepare() {
    Name to = new Name(attribute);
    Name named = by == null ? null : new Name(by);
    return work -> {
      ItemDraft draft = work.draft();
      int found = find(draft, to);
      if (!(draft.value(found) instanceof Value.S text)) {
        throw new EvaluationException(
            Fault.WRONG_TYPE, "attribute " + to + " is no text, and cannot have a suffix");
      }
      Name from = named == null ? sortKey(work) : named;
      String suffix = separator + shard(draft.value(find(draft, from)), from);
      draft.replace(found, draft.encode(new Value.S(text.text() + suffix)));
      return true;
    };
  }

  private static Name sortKey(Work work) throws EvaluationException {
    if (work.tableKeys().size() < 2) {
      throw new EvaluationException(
          Fault.ATTRIBUTE_MISSING, "the target has no sort key to choose a shard by");
    }
    return new Name(work.tableKeys().get(1));
  }

  private static int find(ItemDraft draft, Name name) throws EvaluationException {
    int index = draft.find(name);
    if (index < 0) {
      throw new EvaluationException(
          Fault.ATTRIBUTE_MISSING, "the item has no attribute '" + name + "'");
    }
    return index;
  }

  private int shard(Value value, Name from) throws EvaluationException {
    CRC32 crc = new CRC32();
    if (value instanceof Value.S s) {
      crc.update(s.text().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Value.N n) {
      BigDecimal number = new BigDecimal(n.text()).stripTrailingZeros();
      crc.update(number.toPlainString().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Value.B b) {
      crc.update(b.bytes());
    } else {
      throw new EvaluationException(
          Fault.WRONG_TYPE, "attribute " + from + " is no text, number or binary");
    }
    return (int) (crc.getValue() % shards);
  }
}
