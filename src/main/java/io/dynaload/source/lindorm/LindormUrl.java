package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a SQL service of Lindorm, or of any other server that speaks MySQL's protocol. It
 * is shown in messages and kept in checkpoints, so it never holds a login or another secret.
 *
 * @param text as the file gives it
 * @param driverUrl as the driver takes it; of MySQL, without the parameters
 * @param database null where the url names none
 * @param parameters those behind {@code ;} or {@code ?}
 */
record LindormUrl(
    String text,
    Protocol protocol,
    String driverUrl,
    Server server,
    @Nullable String database,
    Map<String, String> parameters)
    implements Serializable {

  /** What answers at the url; each is spoken by a driver of its own. */
  enum Protocol {
    TABLE,
    TSDB,
    MYSQL
  }

  /** Where the server listens. */
  record Server(String host, int port) implements Serializable {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  static final String LABEL = "a JDBC url of Lindorm";
  static final String EXAMPLE = "jdbc:lindorm:table:url=http://127.0.0.1:30060";
  private static final String FORMS =
      "is none of the urls that can be read: jdbc:lindorm:table:url=http://HOST:PORT (Lindorm's own"
          + " driver), jdbc:lindorm://HOST:PORT/DATABASE (the same, shorter),"
          + " jdbc:lindorm:tsdb:url=http://HOST:PORT (LindormTSDB) or"
          + " jdbc:mysql://HOST:PORT/DATABASE (MySQL's protocol)";

  private static final String SERVER =
      "(?<host>[^/:;?&@,\\s\\[\\]()]+|\\[[0-9a-fA-F:]+]):(?<port>\\d{1,5})";
  private static final Pattern NATIVE =
      Pattern.compile(
          "jdbc:lindorm:(?<kind>table|tsdb):url=https?://"
              + SERVER
              + "/?(?<parameters>(;[^;=\\s]+=[^;]*)*);?");
  private static final Pattern SHORT =
      Pattern.compile("jdbc:lindorm://" + SERVER + "(/(?<database>[^/;?\\s]*))?");
  private static final Pattern MYSQL =
      Pattern.compile(
          "jdbc:mysql://"
              + SERVER
              + "(/(?<database>[^/;?\\s]*))?(\\?(?<parameters>([^&=\\s]+=[^&]*(&[^&=\\s]+=[^&]*)*&?)?))?");
  private static final Pattern LOGIN =
      Pattern.compile(
          "//[^?;]*@|[;?&,(]\\s*(user|username|[^;?&=]*(pass|pwd|secret|token|credential"
              + "|access.?key|api.?key)[^;?&=]*)\\s*=",
          Pattern.CASE_INSENSITIVE);
  private static final int LARGEST_PORT = 65_535;

  LindormUrl {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static LindormUrl parse(String text) {
    String url = text.strip();
    if (LOGIN.matcher(url).find() || LOGIN.matcher(unescaped(url)).find()) {
      throw new IllegalArgumentException(
          "holds a login or another secret; put it under username, password or properties, which"
              + " are kept secret");
    }
    Matcher form = NATIVE.matcher(url);
    if (form.matches()) {
      Map<String, String> parameters = parameters(form.group("parameters"), ";");
      Protocol protocol = form.group("kind").equals("table") ? Protocol.TABLE : Protocol.TSDB;
      return new LindormUrl(
          url, protocol, url, server(form), parameters.get("database"), parameters);
    }
    form = SHORT.matcher(url);
    if (form.matches()) {
      Server server = server(form);
      String driverUrl = "jdbc:lindorm:table:url=http://" + server;
      return new LindormUrl(url, Protocol.TABLE, driverUrl, server, database(form), Map.of());
    }
    form = MYSQL.matcher(url);
    if (form.matches()) {
      String query = form.group("parameters");
      Map<String, String> parameters = parameters(query == null ? "" : decoded(query), "&");
      Server server = server(form);
      String driverUrl = "jdbc:mysql://" + server + "/";
      return new LindormUrl(url, Protocol.MYSQL, driverUrl, server, database(form), parameters);
    }
    throw new IllegalArgumentException(FORMS);
  }

  private static Server server(Matcher form) {
    int port = Integer.parseInt(form.group("port"));
    if (port > LARGEST_PORT) {
      throw new IllegalArgumentException("has no valid port: the largest is " + LARGEST_PORT);
    }
    return new Server(form.group("host"), port);
  }

  private static @Nullable String database(Matcher form) {
    String name = form.group("database");
    return name == null || name.isEmpty() ? null : decoded(name);
  }

  private static Map<String, String> parameters(String list, String separator) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : list.split(separator, -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
      }
    }
    return parameters;
  }

  /** As MySQL's driver reads it; the same where an escape is none. */
  private static String unescaped(String url) {
    try {
      return decoded(url);
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  /** A plus stands for itself, as in {@code connectionTimeZone=+08:00}. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has a % that begins no escape; write %25 for one that stands for itself", e);
    }
  }

  /** Whether a property of a driver is a login or may hold another secret, by its name. */
  static boolean isSecretName(String property) {
    return LOGIN.matcher(";" + property.toLowerCase(Locale.ROOT) + "=").find();
  }

  String address() {
    return server.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
