package io.dynaload.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * The counts of one subtask, over the whole life of the job: an operator puts them into its state
 * with {@link #toBytes}, adds up with {@link #add(byte[])} what it is handed on restore, and so
 * counts on from the checkpoint, whatever the parallelism. Written by the task thread only; the
 * metrics read it from others.
 */
public final class Counts {
  private static final int VERSION = 1;

  private final Map<Count, LongCounter> counters = new EnumMap<>(Count.class);

  public Counts(Count... counted) {
    for (Count count : counted) {
      counters.put(count, new LongCounter());
    }
  }

  public void add(Count count, long amount) {
    counter(count).add(amount);
  }

  public long get(Count count) {
    return counter(count).getLocalValuePrimitive();
  }

  /** Makes the counts part of the job's result, and a gauge each. Call once, after a restore. */
  public void register(RuntimeContext context) {
    MetricGroup group = context.getMetricGroup().addGroup(MetricNames.GROUP);
    counters.forEach(
        (count, counter) -> {
          context.addAccumulator(MetricNames.accumulator(count), counter);
          context.addAccumulator(MetricNames.subtasks(count), new LongCounter(1));
          group.gauge(count.key(), counter::getLocalValuePrimitive);
        });
  }

  /** A versioned form: version, number of entries, then id and value of each. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(counters.size());
      for (Map.Entry<Count, LongCounter> entry : counters.entrySet()) {
        out.writeByte(entry.getKey().id());
        out.writeLong(entry.getValue().getLocalValuePrimitive());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Adds what {@link #toBytes} wrote, by this or an earlier version. */
  public void add(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("Counts of version " + version + " are newer than this program");
      }
      for (int entries = in.readUnsignedByte(); entries > 0; entries--) {
        int id = in.readUnsignedByte();
        long value = in.readLong();
        counter(byId(id)).add(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LongCounter counter(Count count) {
    LongCounter counter = counters.get(count);
    if (counter == null) {
      throw new IllegalArgumentException(count + " is not counted here");
    }
    return counter;
  }

  private static Count byId(int id) throws IOException {
    for (Count count : Count.values()) {
      if (count.id() == id) {
        return count;
      }
    }
    throw new IOException("No count has the id " + id);
  }
}
