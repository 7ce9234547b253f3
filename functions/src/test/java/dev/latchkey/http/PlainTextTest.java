package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"My Health", "Guillermo Piña", "健康アプリ", "تطبيق صحي", "Allie O'Reilly", "App 💊"})
  void anOrdinaryNameStaysAsItIs(String name) {
    assertThat(PlainText.line(name, 80)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\u202Eb\u2066c\u200Fd|abcd",
        "a\u200Bb\uFEFFc|abc",
        "a\u0000b\u0007c\u001B[31md|abc[31md",
        "' a\n\t b\u2028c\u00A0\u00A0d '|a b c d",
        "a\uE000b|ab"
      })
  void charactersThatReorderOrHideAreLeftOut(String name, String shown) {
    assertThat(PlainText.line(name, 80)).isEqualTo(shown);
  }

  @Test
  void marksDoNotPileUp() {
    assertThat(PlainText.line("Z" + "\u0351".repeat(50) + "a", 80)).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aLongTextIsCutBetweenCodePoints() {
    assertThat(PlainText.line("💊".repeat(200), 10)).isEqualTo("💊".repeat(9) + "…");
    assertThat(PlainText.line("a".repeat(80), 80)).isEqualTo("a".repeat(80));
  }

  @Test
  void aWordInAnErrorIsPlainAscii() {
    assertThat(PlainText.ascii("system/Obs\"ervé.rs<\n>")).isEqualTo("system/Obs_erv_.rs___");
    assertThat(PlainText.ascii("a".repeat(200))).isEqualTo("a".repeat(80));
  }

  @Test
  void halfASurrogatePairIsLeftOut() {
    assertThat(PlainText.line("a\uD83Db", 80)).isEqualTo("ab");
  }

  @ParameterizedTest
  @CsvSource({"Ana,ana", "' ANA ',ana", "ａｎａ,ana", "Piña,piña"})
  void userNamesAreComparedWithoutCaseAndWidth(String typed, String folded) {
    assertThat(PlainText.folded(typed)).isEqualTo(folded);
  }
}
