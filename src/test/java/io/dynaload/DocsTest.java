package io.dynaload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  static List<Path> pages() throws IOException {
    Path home = Path.of(System.getProperty("dynaload.home", "."));
    try (Stream<Path> top = Files.list(home);
        Stream<Path> docs = Files.walk(home.resolve("docs"))) {
      return Stream.concat(top, docs).filter(page -> page.toString().endsWith(".md")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhereAndNothingIsLeftToFillIn(Path page) throws IOException {
    String text = Files.readString(page);
    assertThat(text).doesNotContain("TODO", "FIXME").doesNotContainPattern("@@[A-Z]+@@");
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      String target = links.group(1);
      if (!target.startsWith("http")) {
        assertThat(page.resolveSibling(target)).as("%s in %s", target, page).exists();
      }
    }
  }
}
