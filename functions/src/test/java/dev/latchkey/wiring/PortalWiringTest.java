package dev.latchkey.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.portal.PortalSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortalWiringTest {
  private static final String FUNCTION = "LATCHKEY_PORTAL_FUNCTION";
  private static final String PAGE = "LATCHKEY_SIGN_IN_PAGE";

  private static final Map<String, String> LEAST =
      Map.of(
          "LATCHKEY_ISSUER", "https://auth.example.org",
          "LATCHKEY_PORTAL_ISSUER", "https://login.hospital.example/",
          "LATCHKEY_PORTAL_CLIENT_ID", "latchkey");

  @Test
  void withoutAnIssuerThereIsNoPortal() {
    assertThat(PortalWiring.settings(Map.of())).isEmpty();
    assertThat(PortalWiring.settings(Map.of("LATCHKEY_PORTAL_ISSUER", " "))).isEmpty();
  }

  @Test
  void theIssuerIsTakenLetterByLetterAndTheRestHasUsualNames() {
    assertThat(PortalWiring.settings(LEAST))
        .contains(
            new PortalSettings(
                "https://login.hospital.example/",
                "latchkey",
                "https://auth.example.org/fhir",
                "fhirUser",
                "patients"));
  }

  @Test
  void claimsAndTheFhirServerCanBeCalledOtherwise() {
    var all = new HashMap<>(LEAST);
    all.put("LATCHKEY_FHIR_BASE", "https://fhir.example.org/r4");
    all.put("LATCHKEY_PORTAL_FHIR_USER_CLAIM", "custom:fhirUser");
    all.put("LATCHKEY_PORTAL_PATIENTS_CLAIM", "custom:patients");

    assertThat(PortalWiring.settings(all))
        .contains(
            new PortalSettings(
                "https://login.hospital.example/",
                "latchkey",
                "https://fhir.example.org/r4",
                "custom:fhirUser",
                "custom:patients"));
  }

  @Test
  void peopleSignInHereUnlessOneOtherPlaceIsSet() {
    assertThat(PortalWiring.signIn(Map.of())).isEqualTo(Settings.SignIn.HERE);
    assertThat(PortalWiring.signIn(Map.of(FUNCTION, "arn")))
        .isEqualTo(new Settings.SignIn("arn", ""));
    assertThat(PortalWiring.signIn(Map.of(PAGE, "https://login.hospital.example/?a=b")))
        .isEqualTo(new Settings.SignIn("", "https://login.hospital.example/?a=b"));
  }

  @Test
  void twoPlacesOrAPageThatAnybodyCouldChangeAreRefused() {
    assertThatThrownBy(
            () -> PortalWiring.signIn(Map.of(FUNCTION, "arn", PAGE, "https://login.example")))
        .hasMessageContaining(PAGE)
        .hasMessageContaining(FUNCTION);
    for (var page : List.of("http://login.example", "login.example", "javascript:alert(1)")) {
      assertThatThrownBy(() -> PortalWiring.signIn(Map.of(PAGE, page))).hasMessageContaining(PAGE);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    for (var name : new String[] {"LATCHKEY_PORTAL_CLIENT_ID", "LATCHKEY_ISSUER"}) {
      var less = new HashMap<>(LEAST);
      less.remove(name);

      assertThatThrownBy(() -> PortalWiring.settings(less)).hasMessageContaining(name);
    }
  }
}
