package dev.latchkey.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.portal.PortalSettings;
import dev.latchkey.portal.lookup.LookupSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortalWiringTest {
  private static final String FUNCTION = "LATCHKEY_PORTAL_FUNCTION";
  private static final String KEY = "LATCHKEY_PORTAL_KEY";
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
  void peopleAreLookedUpWhereTheirIdentifierHasASystem() {
    assertThat(PortalWiring.lookup(LEAST)).isEmpty();
    assertThat(PortalWiring.lookup(with("LATCHKEY_PORTAL_LOOKUP_SYSTEM", "urn:oid:1.2.3")))
        .contains(
            new LookupSettings(
                "https://auth.example.org",
                "",
                "https://auth.example.org/fhir",
                "urn:oid:1.2.3",
                "sub"));
  }

  @Test
  void aKeyIsNeededWhereThisServerProvesItselfToOthersAndNowhereElse() {
    assertThat(PortalWiring.key(LEAST)).isEmpty();
    assertThat(PortalWiring.key(with(KEY, "arn"))).isEmpty();
    for (var reason :
        Map.of(
                "LATCHKEY_PORTAL_LOOKUP_SYSTEM", "urn:oid:1.2.3",
                "LATCHKEY_PORTAL_AUTHENTICATION", "private_key_jwt")
            .entrySet()) {
      var environment = with(reason.getKey(), reason.getValue());
      assertThatThrownBy(() -> PortalWiring.key(environment)).hasMessageContaining(KEY);
      environment.put(KEY, "arn");
      assertThat(PortalWiring.key(environment)).contains("arn");
    }
  }

  @Test
  void aMisspelledWayToProveItselfIsRefused() {
    assertThatThrownBy(() -> PortalWiring.key(with("LATCHKEY_PORTAL_AUTHENTICATION", "basic")))
        .hasMessageContaining("none or private_key_jwt");
  }

  private static Map<String, String> with(String name, String value) {
    var environment = new HashMap<>(LEAST);
    environment.put(name, value);
    return environment;
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
