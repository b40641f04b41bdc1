package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.source.SourceSchema;
import io.dynaload.transform.Transform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.RebalancePartitioner;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ImportPipelineTest {
  private static final SourceSchema SCHEMA =
      new SourceSchema(Map.of("sensor_id", "S", "event_time", "S"), List.of("event_time"));
  private static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("sensor_id", KeyType.S), null);

  private static StreamGraph graph() {
    return graph(KEYS);
  }

  private static StreamGraph graph(KeySchema keys) {
    ImportFile file =
        ImportFile.read(
            Path.of(System.getProperty("dynaload.home", "."), "examples/lindorm.yaml"), List.of());
    Configuration settings = FlinkSettings.job(file.pipeline(), "file:/tmp/checkpoints", null);
    StreamExecutionEnvironment flink = new StreamExecutionEnvironment(settings);
    flink.setParallelism(2);
    ImportPipeline.build(
        flink,
        file.source(),
        SCHEMA,
        new ImportPipeline.Transforming(Transform.NONE, file.source(), Instant.EPOCH),
        new ImportPipeline.Target(file.sink(), keys, new RunLetters("file:/tmp/letters", "first")));
    return flink.getStreamGraph();
  }

  @Test
  void everyOperatorHasAUidAndAName() {
    assertThat(graph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder("source", "read", "transform", "sink");
    assertThat(graph().getStreamNodes())
        .extracting(StreamNode::getOperatorName)
        .containsExactlyInAnyOrder("Source: source", "read", "transform", "sink");
  }

  @Test
  void theStagesStandInTwoTasksWithTheRebalanceBetween() {
    JobGraph job = graph().getJobGraph();
    assertThat(job.getVerticesSortedTopologicallyFromSources())
        .extracting(vertex -> vertex.getName())
        .containsExactly("Source: source -> read", "transform -> sink");
  }

  @Test
  void uniqueKeysAreSpreadEvenlyAndManyToOneByKey() {
    KeySchema byTime = new KeySchema(new KeyAttribute("event_time", KeyType.S), null);
    assertThat(partitioners(graph(byTime)))
        .containsExactly(
            ForwardPartitioner.class, RebalancePartitioner.class, ForwardPartitioner.class);
    assertThat(partitioners(graph(KEYS)))
        .containsExactly(
            ForwardPartitioner.class, KeyGroupStreamPartitioner.class, ForwardPartitioner.class);
  }

  private static List<Class<?>> partitioners(StreamGraph graph) {
    List<Class<?>> partitioners = new ArrayList<>();
    graph.getStreamNodes().stream()
        .sorted(Comparator.comparingInt(StreamNode::getId))
        .flatMap(node -> node.getOutEdges().stream())
        .forEach(edge -> partitioners.add(edge.getPartitioner().getClass()));
    return partitioners;
  }

  @Test
  void theJobGraphHoldsTheReferenceToTheSecretAlone() throws Exception {
    String bytes =
        new String(
            InstantiationUtil.serializeObject(graph().getJobGraph()), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("demo-password}").doesNotContain("demo\n");
  }

  @Test
  void nothingFallsBackToKryo() {
    assertThat(graph().getExecutionConfig().hasGenericTypesDisabled()).isTrue();
  }
}
