package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirement CON-4: the user's language.
class LanguageTest {
  private static Language of(@Nullable String uiLocales, @Nullable String acceptLanguage) {
    return Language.preferred(Optional.ofNullable(uiLocales), Optional.ofNullable(acceptLanguage));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "es | SPANISH",
        "en | ENGLISH",
        "es-419 | SPANISH",
        "ES-mx | SPANISH",
        "fr-CA es en | SPANISH",
        "en es | ENGLISH",
        "fr | ENGLISH",
        "est | ENGLISH",
        "'' | ENGLISH",
        "'  es' | SPANISH",
        "*** | ENGLISH"
      })
  void uiLocalesAreInOrderOfPreference(String uiLocales, Language expected) {
    assertThat(of(uiLocales, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "es | SPANISH",
        "es-US,es;q=0.9,en;q=0.8 | SPANISH",
        "en-US,en;q=0.9,es;q=0.8 | ENGLISH",
        "en;q=0.5, es;q=0.7 | SPANISH",
        "en;q=0.5,es; Q=0.501 | SPANISH",
        "es, en | SPANISH",
        "en, es | ENGLISH",
        "fr, de;q=0.9 | ENGLISH",
        "fr, es;q=0.1 | SPANISH",
        "* | ENGLISH",
        "es;q=0.1, * | ENGLISH",
        "en;q=0.1, * | SPANISH",
        "es, *;q=0.1 | SPANISH",
        "es, en, * | SPANISH",
        "es;q=0 | ENGLISH",
        "en;q=0, es;q=0.001 | SPANISH",
        "es;q=1.5, en;q=0.1 | ENGLISH",
        "es;q=, en;q=0.1 | ENGLISH",
        "es;level=1, en;q=0.1 | ENGLISH",
        ",;,;=,es | SPANISH",
        "'' | ENGLISH"
      })
  void theBrowsersLanguageIsTheOneWithTheHighestWeight(String header, Language expected) {
    assertThat(of(null, header)).isEqualTo(expected);
  }

  @Test
  void whatTheAppSaysOfItsUserComesFirst() {
    assertThat(of("en", "es")).isEqualTo(Language.ENGLISH);
    assertThat(of("es", "en")).isEqualTo(Language.SPANISH);
    assertThat(of("fr", "es")).isEqualTo(Language.SPANISH);
    assertThat(of(null, null)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void anEndlessHeaderIsReadAsFarAsABrowserWouldGo() {
    assertThat(of(null, "fr,".repeat(100_000) + "es")).isEqualTo(Language.ENGLISH);
    assertThat(of("fr ".repeat(100_000) + "es", null)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void tagsAreForThePage() {
    assertThat(Language.ENGLISH.tag()).isEqualTo("en");
    assertThat(Language.SPANISH.tag()).isEqualTo("es");
  }
}
