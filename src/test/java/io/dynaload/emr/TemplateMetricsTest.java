package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alarms and the dashboard show metrics that there are. */
class TemplateMetricsTest {
  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('\\{([^}]+)} MetricName=\"(\\w+)\"', '(Average|Maximum|Minimum)', 60\\)");
  private static final Set<String> OF_THE_TABLE =
      Set.of("ConsumedWriteCapacityUnits", "ProvisionedWriteCapacityUnits", "WriteThrottleEvents");
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "AppsRunning",
          "AppsFailed",
          "MRActiveNodes",
          "MRLostNodes",
          "MRUnhealthyNodes",
          "MemoryAvailableMB",
          "MemoryTotalMB");

  @Test
  void theAlarmsWatchMetricsThatThereAre() {
    Map<String, JsonNode> alarms = alarms();
    assertThat(alarms)
        .containsOnlyKeys(
            "ApplicationFailedAlarm", "JobFailedAlarm", "NoProgressAlarm", "ThrottlingAlarm");
    alarms.forEach(
        (name, alarm) ->
            metrics(alarm)
                .forEach(
                    metric ->
                        check(
                            metric.path("Namespace").asText(),
                            metric.path("MetricName").asText(),
                            metric.at("/Dimensions/0/Name").asText(),
                            metric.at("/Dimensions/0/Value").asText())));
  }

  @Test
  void anAlarmIsRightWhileNothingRuns() {
    assertThat(alarms().values())
        .allSatisfy(
            alarm -> {
              assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
              assertThat(alarm.path("ComparisonOperator").asText())
                  .isIn("GreaterThanOrEqualToThreshold", "GreaterThanThreshold");
            });
  }

  @Test
  void noProgressIsTenMinutesOfIt() {
    JsonNode alarm = Stacks.LEAST_GIVEN.properties("NoProgressAlarm");

    assertThat(alarm.findValues("Period"))
        .hasSize(2)
        .allMatch(period -> period.asInt() * alarm.path("EvaluationPeriods").asInt() == 600);
    assertThat(metrics(alarm).map(metric -> metric.path("MetricName").asText()))
        .containsExactlyInAnyOrder("AppsRunning", CloudWatchNames.ITEMS_PER_SECOND);
  }

  @Test
  void alarmsAreSentIfThereIsAnAddress() {
    assertThat(alarms().values()).noneMatch(alarm -> alarm.has("AlarmActions"));
    assertThat(Stacks.MOST_GIVEN.resources().values())
        .filteredOn(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .allMatch(
            alarm -> alarm.at("/Properties/AlarmActions").toString().equals("[\"<AlarmTopic>\"]"));
  }

  @Test
  void theDashboardShowsMetricsThatThereAre() throws JsonProcessingException {
    Set<String> shown = new TreeSet<>();
    for (JsonNode widget : dashboard().path("widgets")) {
      for (JsonNode metric : widget.at("/properties/metrics")) {
        if (metric.size() == 1) {
          Matcher search = SEARCH.matcher(metric.at("/0/expression").asText());
          if (search.matches()) {
            assertThat(search.group(1)).isEqualTo("Dynaload,import,run");
            assertThat(CloudWatchNames.metrics()).contains(search.group(2));
            shown.add(search.group(2));
          } else {
            assertThat(metric.at("/0/expression").asText())
                .isEqualTo("consumed / PERIOD(consumed)");
          }
        } else {
          check(
              metric.path(0).asText(),
              metric.path(1).asText(),
              metric.path(2).asText(),
              metric.path(3).asText());
          shown.add(metric.path(1).asText());
        }
      }
    }
    assertThat(shown)
        .containsAll(OF_THE_TABLE)
        .containsAll(OF_THE_CLUSTER)
        .contains(
            Count.WRITTEN.key(),
            Count.REJECTED.key(),
            Count.THROTTLED.key(),
            CloudWatchNames.ITEMS_PER_SECOND,
            CloudWatchNames.WRITE_LIMIT,
            CloudWatchNames.PERCENT,
            CloudWatchNames.SECONDS_LEFT);
  }

  @Test
  void theDashboardShowsEveryAlarmAndItsWidgetsDoNotOverlap() throws JsonProcessingException {
    Map<String, String> taken = new TreeMap<>();
    for (JsonNode widget : dashboard().path("widgets")) {
      int right = widget.path("x").asInt() + widget.path("width").asInt();
      int bottom = widget.path("y").asInt() + widget.path("height").asInt();
      assertThat(right).isLessThanOrEqualTo(24);
      for (int x = widget.path("x").asInt(); x < right; x++) {
        for (int y = widget.path("y").asInt(); y < bottom; y++) {
          assertThat(taken.put(x + "," + y, widget.path("type").asText())).isNull();
        }
      }
    }
    assertThat(dashboard().at("/widgets").findValue("alarms"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(
            alarms().keySet().stream().map(name -> "<" + name + ">").toList());
  }

  private static void check(String namespace, String metric, String dimension, String value) {
    switch (namespace) {
      case CloudWatchNames.NAMESPACE -> {
        assertThat(metric).isIn(CloudWatchNames.FAILED, CloudWatchNames.ITEMS_PER_SECOND);
        assertThat(dimension).isEqualTo(CloudWatchNames.CLUSTER);
        assertThat(value).isEqualTo("<Cluster>");
      }
      case "AWS/DynamoDB" -> {
        assertThat(OF_THE_TABLE).contains(metric);
        assertThat(List.of(dimension, value)).containsExactly("TableName", "readings");
      }
      case "AWS/ElasticMapReduce" -> {
        assertThat(OF_THE_CLUSTER).contains(metric);
        assertThat(List.of(dimension, value)).containsExactly("JobFlowId", "<Cluster>");
      }
      default -> throw new AssertionError("No such namespace: " + namespace);
    }
  }

  private static Map<String, JsonNode> alarms() {
    Map<String, JsonNode> alarms = new TreeMap<>();
    Stacks.LEAST_GIVEN
        .resources()
        .forEach(
            (name, resource) -> {
              if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                alarms.put(name, resource.path("Properties"));
              }
            });
    return alarms;
  }

  private static Stream<JsonNode> metrics(JsonNode alarm) {
    return alarm.has("MetricName")
        ? Stream.of(alarm)
        : alarm.findValues("MetricStat").stream().map(stat -> stat.path("Metric"));
  }

  private static JsonNode dashboard() throws JsonProcessingException {
    return new JsonMapper()
        .readTree(Stacks.LEAST_GIVEN.properties("Dashboard").path("DashboardBody").asText());
  }
}
