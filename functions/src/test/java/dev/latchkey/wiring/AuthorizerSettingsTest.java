package dev.latchkey.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorizerSettingsTest {
  private static final String PATH = "LATCHKEY_AUTHORIZER_PATH";

  @Test
  void theApiIsServedAtThePathOfTheFhirBaseUnlessAnotherIsNamed() {
    assertThat(AuthorizerSettings.servedAt(Map.of())).isEmpty();
    assertThat(AuthorizerSettings.servedAt(Map.of(PATH, ""))).isEmpty();
    assertThat(AuthorizerSettings.servedAt(Map.of(PATH, "/prod/fhir"))).contains("/prod/fhir");
  }

  @Test
  void whatIsNoPathIsNamed() {
    assertThatThrownBy(() -> AuthorizerSettings.servedAt(Map.of(PATH, "fhir")))
        .hasMessageContaining(PATH);
  }
}
