package io.dynaload.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Count#REJECTED} counts, by the code of the rejection. Kept in state, restored and
 * reported as {@link Counts} are; a code is reported from its first item on. Written by the task
 * thread only; the metrics read it from others.
 */
public final class RejectedByCode {
  private static final int VERSION = 1;

  private final Map<String, LongCounter> counters = new TreeMap<>();
  private @Nullable RuntimeContext context;
  private @Nullable MetricGroup group;

  public void add(String code, long items) {
    LongCounter counter = counters.get(code);
    if (counter == null) {
      counter = new LongCounter();
      counters.put(code, counter);
      report(code, counter);
    }
    counter.add(items);
  }

  /** Makes the counts part of the job's result, and a gauge each. Call once, after a restore. */
  public void register(RuntimeContext with) {
    context = with;
    group = with.getMetricGroup().addGroup(MetricNames.GROUP);
    counters.forEach(this::report);
  }

  private void report(String code, LongCounter counter) {
    if (context != null && group != null) {
      context.addAccumulator(MetricNames.rejectedAccumulator(code), counter);
      group.gauge(MetricNames.rejected(code), counter::getLocalValuePrimitive);
    }
  }

  /** A versioned form: version, number of entries, then code and value of each. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(counters.size());
      for (Map.Entry<String, LongCounter> entry : counters.entrySet()) {
        out.writeUTF(entry.getKey());
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
        throw new IOException("Rejections of version " + version + " are newer than this program");
      }
      for (int entries = in.readInt(); entries > 0; entries--) {
        add(in.readUTF(), in.readLong());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
