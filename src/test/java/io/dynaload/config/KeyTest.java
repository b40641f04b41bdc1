package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
  @Test
  void aKeyDoesNotChange() {
    Key<Integer> key = Key.integer("page-size");

    Key<Integer> changed = key.required().defaultsTo(5).between(1, 10).describedAs("x");

    assertThat(key.isRequired()).isFalse();
    assertThat(key.defaultValue()).isNull();
    assertThat(changed.isRequired()).isTrue();
    assertThat(changed.defaultValue()).isEqualTo(5);
    assertThat(changed.name()).isEqualTo("page-size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageSize", "page_size", "Page", "", "a-", "-a", "a--b", "1a", "a.b"})
  void namesAreKebabCase(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Key.text(name));
  }

  @Test
  void aDefaultIsWithinItsBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Key.integer("a").defaultsTo(0).atLeast(1))
        .withMessage("The default of a: 0 is below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Key.integer("a").between(1, 2).defaultsTo(3));
  }

  @Test
  void aNameIsDeclaredOnce() {
    Keys keys = Keys.of(Key.text("a"), Key.text("b"));

    assertThat(keys.and(Key.text("c")).list()).extracting(Key::name).containsExactly("a", "b", "c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.and(Keys.of(Key.integer("b"))))
        .withMessage("The key b is declared twice");
  }
}
