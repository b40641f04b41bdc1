package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of Lindorm's SQL service in the form that its driver takes. */
record LindormUrl(String text, String host, int port) implements Serializable {
  static final String LABEL = "a JDBC url of Lindorm";
  static final String EXAMPLE = "jdbc:lindorm:table:url=http://127.0.0.1:30060";
  private static final Pattern FORM =
      Pattern.compile(
          "jdbc:lindorm:table:url=https?://([^/:;\\s\\[\\]]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})/?(;[^;=\\s]+=[^;]*)*;?");
  private static final int MOST = 65_535;

  /**
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static LindormUrl parse(String text) {
    String url = text.strip();
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.contains(";password=") || lower.contains(";user=")) {
      throw new IllegalArgumentException(
          "holds a login; put it under username and password, which are kept secret");
    }
    Matcher form = FORM.matcher(url);
    if (!form.matches() || Integer.parseInt(form.group(2)) > MOST) {
      throw new IllegalArgumentException(
          "is not a JDBC url of Lindorm; its form is jdbc:lindorm:table:url=http://HOST:PORT,"
              + " for example "
              + EXAMPLE);
    }
    return new LindormUrl(url, form.group(1), Integer.parseInt(form.group(2)));
  }

  String address() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return text;
  }
}
