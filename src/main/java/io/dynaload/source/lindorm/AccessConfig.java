package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Secret;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as whom it is read, and by which driver.
 *
 * @param properties more of the driver's own; none is a login
 * @param driverJar a jar, or a folder with jars; null for the drivers that are there anyway
 */
record AccessConfig(
    LindormUrl url,
    @Nullable Secret username,
    @Nullable Secret password,
    String database,
    Map<String, Secret> properties,
    @Nullable String driverJar)
    implements Serializable {

  static final Key<LindormUrl> URL =
      Key.parsed("url", LindormUrl.LABEL, LindormUrl.EXAMPLE, LindormUrl::parse)
          .required()
          .describedAs(
              "Address of the SQL service: `jdbc:lindorm:table:url=http://HOST:PORT`,"
                  + " `jdbc:lindorm://HOST:PORT/DATABASE`, `jdbc:lindorm:tsdb:url=http://HOST:PORT`"
                  + " or `jdbc:mysql://HOST:PORT/DATABASE`.");
  static final Key<Secret> USERNAME =
      Key.textOrReference("username").changeable().describedAs("User of the database.");
  static final Key<Secret> PASSWORD =
      Key.secret("password").changeable().describedAs("Password of the user, as a reference.");
  static final Key<String> DATABASE =
      Key.text("database")
          .defaultsTo("default")
          .describedAs("Database that holds the table, where the url does not name it.");
  static final Key<Map<String, Secret>> PROPERTIES =
      Key.textOrReferenceMap("properties")
          .defaultsTo(Map.of())
          .changeable()
          .example("{sslMode: VERIFY_CA}")
          .describedAs(
              "More properties of the JDBC driver, such as those of TLS; secret ones as a"
                  + " reference.");
  static final Key<String> DRIVER_JAR =
      Key.text("driver-jar")
          .changeable()
          .example("/opt/drivers/lindorm-all-client-2.2.1.3.jar")
          .describedAs(
              "Jar with the JDBC driver, or folder with its jars, at this path on every host. Left"
                  + " out: the jars in the folder `drivers` beside Dynaload's, or the driver in it.");
  static final Keys KEYS = Keys.of(URL, USERNAME, PASSWORD, DATABASE, PROPERTIES, DRIVER_JAR);

  /** Those that have a key of their own. */
  private static final Set<String> REFUSED = Set.of("user", "username", "password", "database");

  AccessConfig {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  AccessConfig(
      LindormUrl url, @Nullable Secret username, @Nullable Secret password, String database) {
    this(url, username, password, database, Map.of(), null);
  }

  static AccessConfig of(Section section) {
    return new AccessConfig(
        section.get(URL),
        section.find(USERNAME).orElse(null),
        section.find(PASSWORD).orElse(null),
        database(section),
        properties(section),
        driverJar(section));
  }

  private static String database(Section section) {
    String inUrl = section.get(URL).database();
    String own = section.get(DATABASE);
    if (inUrl != null && section.has(DATABASE) && !own.equals(inUrl)) {
      throw section.problem(
          DATABASE, "is " + own + ", but the url says " + inUrl, "Leave one of them out.");
    }
    return inUrl == null ? own : inUrl;
  }

  private static Map<String, Secret> properties(Section section) {
    Map<String, Secret> properties = section.get(PROPERTIES);
    Map<String, String> inUrl = section.get(URL).parameters();
    properties.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (REFUSED.contains(lower)) {
            throw section.problem(
                PROPERTIES,
                name + " cannot stand here",
                "Use the keys username, password and database.");
          }
          if (LindormUrl.isSecretName(name) && !value.isReference()) {
            throw section.problem(
                PROPERTIES,
                name + " is a secret, which cannot be written here itself",
                "Write where it is, as with password: ${env:NAME}, for example.");
          }
          if (inUrl.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw section.problem(
                PROPERTIES, name + " stands in the url too", "Leave one of them out.");
          }
        });
    return properties;
  }

  private static @Nullable String driverJar(Section section) {
    String path = section.find(DRIVER_JAR).orElse(null);
    if (path != null && !Path.of(path).isAbsolute()) {
      throw section.problem(
          DRIVER_JAR,
          path + " is not an absolute path",
          "Give it from the root: the processes of a cluster have folders of their own.");
    }
    return path;
  }

  Dialect dialect() {
    return Dialect.of(url.protocol());
  }
}
