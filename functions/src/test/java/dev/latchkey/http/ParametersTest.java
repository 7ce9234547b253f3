package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  @Test
  void decodesFormEncodingAsUtf8() {
    var parameters = Parameters.parse("a=1&scope=x+y%2Bz&name=J%C3%BCrgen%20%E2%82%AC");
    assertThat(parameters.get("a")).contains("1");
    assertThat(parameters.get("scope")).contains("x y+z");
    assertThat(parameters.get("name")).contains("Jürgen €");
    assertThat(parameters.problem()).isEmpty();
  }

  @Test
  void readsRawUtf8BytesToo() {
    assertThat(Parameters.parse("n=Jürgen".getBytes(StandardCharsets.UTF_8)).get("n"))
        .contains("Jürgen");
  }

  @Test
  void anEmptyValueIsAbsent() {
    var parameters = Parameters.parse("a=&b&c=1");
    assertThat(parameters.get("a")).isEmpty();
    assertThat(parameters.get("b")).isEmpty();
    assertThat(parameters.get("c")).contains("1");
  }

  @Test
  void aRepeatedParameterIsAProblemThatNamesIt() {
    assertThat(Parameters.parse("state=1&state=2").problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("state"));
    assertThat(Parameters.parse("scope=1&scope=2").problemExcept("scope")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "a=%ff", "%c3=1", "a=%ed%a0%80"})
  void brokenEncodingIsAProblemAndNeverAnException(String encoded) {
    var parameters = Parameters.parse(encoded);
    assertThat(parameters.isBroken()).isTrue();
    assertThat(parameters.problem()).isPresent();
    assertThat(parameters.get("a")).isEmpty();
  }

  @Test
  void whatIsEncodedIsReadAsTheSame() {
    var parameters = Parameters.parse("a=%00%C3%BC+%26%3D&b=1&b=2&c=&client_secret=x");

    var kept = parameters.without(Set.of("client_secret")).encoded();

    assertThat(kept).isEqualTo("a=%00%C3%BC+%26%3D&b=1&b=2&c=");
    assertThat(Parameters.parse(kept).get("a")).contains("\0ü &=");
    assertThat(Parameters.parse(kept).isRepeated("b")).isTrue();
  }

  @Test
  void aProblemReflectsNothingUnescaped() {
    assertThat(Parameters.parse("%3Cscript%3E=1&%3Cscript%3E=2").problem())
        .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("<"));
  }
}
