package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Secret;
import io.dynaload.config.Section;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where the database is, and as whom it is read. */
record AccessConfig(
    LindormUrl url, @Nullable Secret username, @Nullable Secret password, String database)
    implements Serializable {

  static final Key<LindormUrl> URL =
      Key.parsed("url", LindormUrl.LABEL, LindormUrl.EXAMPLE, LindormUrl::parse)
          .required()
          .describedAs("Address of Lindorm's SQL service, in the form of its JDBC driver.");
  static final Key<Secret> USERNAME =
      Key.textOrReference("username").changeable().describedAs("User of the database.");
  static final Key<Secret> PASSWORD =
      Key.secret("password").changeable().describedAs("Password of the user, as a reference.");
  static final Key<String> DATABASE =
      Key.text("database").defaultsTo("default").describedAs("Database that holds the table.");
  static final Keys KEYS = Keys.of(URL, USERNAME, PASSWORD, DATABASE);

  static AccessConfig of(Section section) {
    return new AccessConfig(
        section.get(URL),
        section.find(USERNAME).orElse(null),
        section.find(PASSWORD).orElse(null),
        section.get(DATABASE));
  }
}
