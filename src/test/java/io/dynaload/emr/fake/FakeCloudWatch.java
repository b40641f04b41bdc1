package io.dynaload.emr.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * CloudWatch's metrics: keeps what is published, and answers GetMetricData and ListMetrics with
 * that. Of the service's rules it has those that a request could break: finite values, no more than
 * 1000 metrics in a request, 500 queries, no empty dimension.
 */
public final class FakeCloudWatch implements FakeService {
  /** A metric's value, as it was published. */
  public record Datum(
      int request,
      String namespace,
      String name,
      Map<String, String> dimensions,
      Instant at,
      double value,
      String unit) {}

  private final Clock clock;
  private final List<Datum> data = new ArrayList<>();
  private int requests;

  /**
   * @param clock what data without a time of its own gets
   */
  public FakeCloudWatch(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public Protocol protocol() {
    return Protocol.QUERY;
  }

  /** All that was published, in that order. */
  public synchronized List<Datum> data() {
    return List.copyOf(data);
  }

  /** How often something was published. */
  public synchronized int publications() {
    return requests;
  }

  /** Has it published by somebody. */
  public synchronized void add(
      String namespace, String name, Map<String, String> dimensions, Instant at, double value) {
    data.add(new Datum(0, namespace, name, new TreeMap<>(dimensions), at, value, "None"));
  }

  /** Forgets what was published in a namespace. */
  public synchronized void forget(String namespace) {
    data.removeIf(datum -> datum.namespace().equals(namespace));
  }

  @Override
  public synchronized Answer answer(AwsRequest request) throws AwsError {
    Form form = new Form(parameters(request));
    return switch (form.text("Action")) {
      case "PutMetricData" -> put(form);
      case "GetMetricData" -> get(form);
      case "ListMetrics" -> list(form);
      default -> throw FakeService.unknown(request);
    };
  }

  /** The SDK compresses what is longer than 10 KB. */
  private static Map<String, String> parameters(AwsRequest request) {
    byte[] body = request.body();
    if (request.headers().getOrDefault("content-encoding", "").contains("gzip")) {
      try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = plain.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private Answer put(Form form) throws AwsError {
    List<Form> metrics = form.members("MetricData");
    refuseIf(metrics.isEmpty() || metrics.size() > 1000, metrics.size() + " metrics");
    List<Datum> taken = new ArrayList<>();
    for (Form metric : metrics) {
      double value = Double.parseDouble(metric.text("Value"));
      refuseIf(!Double.isFinite(value), metric.text("MetricName") + " is " + value);
      Map<String, String> dimensions = metric.dimensions();
      refuseIf(dimensions.containsValue(""), "an empty dimension");
      String at = metric.text("Timestamp");
      taken.add(
          new Datum(
              requests + 1,
              form.text("Namespace"),
              metric.text("MetricName"),
              dimensions,
              at.isEmpty() ? clock.instant() : Instant.parse(at),
              value,
              metric.text("Unit")));
    }
    requests++;
    data.addAll(taken);
    return Answer.xml("<PutMetricDataResponse/>");
  }

  private Answer list(Form form) {
    Map<String, String> wanted = form.dimensions();
    Instant recently =
        form.text("RecentlyActive").equals("PT3H")
            ? clock.instant().minusSeconds(3 * 3600)
            : Instant.EPOCH;
    StringBuilder found = new StringBuilder("<Metrics>");
    data.stream()
        .filter(datum -> datum.namespace().equals(form.text("Namespace")))
        .filter(
            datum ->
                form.text("MetricName").isEmpty() || datum.name().equals(form.text("MetricName")))
        .filter(datum -> datum.at().isAfter(recently))
        .filter(datum -> datum.dimensions().entrySet().containsAll(wanted.entrySet()))
        .map(datum -> metric(datum.namespace(), datum.name(), datum.dimensions()))
        .distinct()
        .forEach(found::append);
    return Answer.query("ListMetrics", found.append("</Metrics>").toString());
  }

  private static String metric(String namespace, String name, Map<String, String> dimensions) {
    StringBuilder xml = new StringBuilder("<member><Namespace>").append(namespace);
    xml.append("</Namespace><MetricName>").append(name).append("</MetricName><Dimensions>");
    dimensions.forEach(
        (dimension, value) ->
            xml.append("<member><Name>")
                .append(dimension)
                .append("</Name><Value>")
                .append(Answer.escaped(value))
                .append("</Value></member>"));
    return xml.append("</Dimensions></member>").toString();
  }

  private Answer get(Form form) throws AwsError {
    List<Form> queries = form.members("MetricDataQueries");
    refuseIf(queries.isEmpty() || queries.size() > 500, queries.size() + " queries");
    Instant from = Instant.parse(form.text("StartTime"));
    Instant to = Instant.parse(form.text("EndTime"));
    StringBuilder results = new StringBuilder("<MetricDataResults>");
    for (Form query : queries) {
      Form stat = query.within("MetricStat.");
      Form metric = stat.within("Metric.");
      long period = Long.parseLong(stat.text("Period"));
      refuseIf(!query.text("Id").matches("[a-z][A-Za-z0-9_]*"), "the id " + query.text("Id"));
      Map<Instant, List<Double>> buckets = new TreeMap<>(java.util.Comparator.reverseOrder());
      for (Datum datum : data) {
        if (datum.namespace().equals(metric.text("Namespace"))
            && datum.name().equals(metric.text("MetricName"))
            && datum.dimensions().equals(metric.dimensions())
            && !datum.at().isBefore(from)
            && datum.at().isBefore(to)) {
          Instant bucket = Instant.ofEpochSecond(datum.at().getEpochSecond() / period * period);
          buckets.computeIfAbsent(bucket, any -> new ArrayList<>()).add(datum.value());
        }
      }
      results.append("<member><Id>").append(query.text("Id")).append("</Id><Timestamps>");
      buckets.keySet().forEach(at -> results.append("<member>" + at + "</member>"));
      results.append("</Timestamps><Values>");
      for (List<Double> values : buckets.values()) {
        results.append("<member>" + statistic(stat.text("Stat"), values) + "</member>");
      }
      results.append("</Values><StatusCode>Complete</StatusCode></member>");
    }
    return Answer.query("GetMetricData", results.append("</MetricDataResults>").toString());
  }

  private static double statistic(String name, Collection<Double> values) throws AwsError {
    var summary = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return switch (name) {
      case "Sum" -> summary.getSum();
      case "Average" -> summary.getAverage();
      case "Maximum" -> summary.getMax();
      case "Minimum" -> summary.getMin();
      default -> throw AwsError.invalid("ValidationError", "the statistic " + name);
    };
  }

  private static void refuseIf(boolean isWrong, String what) throws AwsError {
    if (isWrong) {
      throw AwsError.invalid("InvalidParameterValue", what);
    }
  }

  /** The parameters of a request below a prefix. */
  private record Form(Map<String, String> parameters) {
    String text(String name) {
      return parameters.getOrDefault(name, "");
    }

    Form within(String prefix) {
      Map<String, String> inner = new TreeMap<>();
      parameters.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              inner.put(name.substring(prefix.length()), value);
            }
          });
      return new Form(inner);
    }

    List<Form> members(String name) {
      return Stream.iterate(1, i -> i + 1)
          .map(i -> within(name + ".member." + i + "."))
          .takeWhile(member -> !member.parameters().isEmpty())
          .toList();
    }

    Map<String, String> dimensions() {
      Map<String, String> dimensions = new TreeMap<>();
      for (Form dimension : members("Dimensions")) {
        dimensions.put(Objects.requireNonNull(dimension.text("Name")), dimension.text("Value"));
      }
      return dimensions;
    }
  }
}
