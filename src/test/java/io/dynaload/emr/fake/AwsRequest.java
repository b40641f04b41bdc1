package io.dynaload.emr.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to one of AWS's services.
 *
 * @param service the signing name in its credential scope, such as {@code elasticmapreduce}; empty
 *     if it is not signed
 * @param action such as {@code DescribeStacks}; of S3 such as {@code PutObject}; otherwise the HTTP
 *     method
 * @param path decoded
 * @param parameters of the query and of a form, decoded
 * @param headers in lower case
 */
public record AwsRequest(
    String service,
    String action,
    String path,
    Map<String, String> parameters,
    Map<String, String> headers,
    byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/[0-9]{8}/[^/]*/([^/]+)/aws4_request");
  private static final Pattern RPC = Pattern.compile("/service/[^/]+/operation/([A-Za-z]+)");

  static AwsRequest of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Headers sent = exchange.getRequestHeaders();
    Map<String, String> headers = new LinkedHashMap<>();
    sent.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    Map<String, String> parameters = new LinkedHashMap<>();
    decode(exchange.getRequestURI().getRawQuery(), parameters);
    if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
      decode(new String(body, StandardCharsets.UTF_8), parameters);
    }
    String service = first(SCOPE, headers.getOrDefault("authorization", ""));
    String path = exchange.getRequestURI().getPath();
    String action =
        service.equals("s3")
            ? S3Actions.of(exchange.getRequestMethod(), path, parameters)
            : action(exchange.getRequestMethod(), path, parameters, headers);
    return new AwsRequest(service, action, path, parameters, headers, body);
  }

  private static String action(
      String method, String path, Map<String, String> parameters, Map<String, String> headers) {
    String target = headers.get("x-amz-target");
    if (target != null) {
      return target.substring(target.lastIndexOf('.') + 1);
    }
    String rpc = first(RPC, path);
    return rpc.isEmpty() ? parameters.getOrDefault("Action", method) : rpc;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void decode(@Nullable String form, Map<String, String> into) {
    if (form == null || form.isEmpty()) {
      return;
    }
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      into.put(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
  }

  /** A parameter of the query or the form; empty if it is not there. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(text());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return service + " " + action + (service.equals("s3") ? " " + path : "");
  }
}
