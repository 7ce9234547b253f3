package dev.latchkey.endpoint;

import static dev.latchkey.contract.SigningApp.header;
import static dev.latchkey.contract.SigningApp.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.contract.LocalWiring;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Apps that prove themselves with a key (SMART 2.2 asymmetric clients; TOK-7 to TOK-16).
class ClientAssertionTest {
  private final SigningApps apps = new SigningApps();

  @Test
  void tok9_anAppConnectsAndRefreshesWithItsKey() {
    var connected = apps.exchange(apps.app.assertion(apps.now()));
    assertThat(connected.json()).as(connected.body()).containsKeys("access_token", "refresh_token");

    var refreshed = apps.refresh(connected.text("refresh_token"), apps.app.assertion(apps.now()));

    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json()).containsEntry("expires_in", 3600);
  }

  @Test
  void tok10_bothAlgorithmsOfSmartWork() {
    assertThat(apps.exchange(apps.app.assertion(apps.now())).status()).as("ES384").isEqualTo(200);
    var rs384 =
        signed(header(apps.app.rsa(), JWSAlgorithm.RS384).build(), apps.claims(), apps.app.rsa());
    assertThat(apps.exchange(rs384).status()).as("RS384").isEqualTo(200);
  }

  @Test
  void tok10_anotherAlgorithmWorksOnlyForWhoRegisteredIt() {
    var rs256 =
        signed(header(apps.app.rsa(), JWSAlgorithm.RS256).build(), apps.claims(), apps.app.rsa());
    SigningApps.assertRefused(apps.exchange(rs256), "algorithm");

    apps.registerAlgorithms(Set.of("RS256"));

    var again =
        signed(header(apps.app.rsa(), JWSAlgorithm.RS256).build(), apps.claims(), apps.app.rsa());
    assertThat(apps.exchange(again).status()).isEqualTo(200);
    SigningApps.assertRefused(apps.exchange(apps.app.assertion(apps.now())), "algorithm");
  }

  @Test
  void t27_tok11_theIssuerAndTheTokenEndpointAreAudiencesAndNothingElseIs() {
    for (var audience : List.of("", "/token")) {
      assertThat(apps.exchange(apps.withAudience(LocalWiring.ISSUER + audience)).status())
          .as(audience)
          .isEqualTo(200);
    }
    for (var audience :
        List.of(
            LocalWiring.ISSUER + "/fhir",
            LocalWiring.ISSUER + "/par",
            LocalWiring.ISSUER + "/refresh",
            LocalWiring.ISSUER + "/",
            LocalWiring.ISSUER + "/token/",
            "https://LATCHKEY.example/token",
            "http://latchkey.example/token",
            "https://attacker.example/token",
            "https://latchkey.example.attacker.example/token",
            "")) {
      SigningApps.assertRefused(apps.exchange(apps.withAudience(audience)), "aud");
    }
  }

  @Test
  void t27_tok11_anotherEndpointIsAnAudienceOfItsOwn() {
    var revoke = new RevokeFunction(apps.local.wiring());

    for (var audience : List.of("", "/token", "/revoke")) {
      assertThat(revocation(audience).to(revoke).status()).as(audience).isEqualTo(200);
    }
    for (var audience : List.of("/introspect", "/par", "/refresh")) {
      SigningApps.assertRefused(revocation(audience).to(revoke), "aud");
    }
  }

  private Call revocation(String audience) {
    return Call.post("/revoke")
        .with("token", "any")
        .with("client_assertion_type", SigningApps.TYPE)
        .with("client_assertion", apps.withAudience(LocalWiring.ISSUER + audience));
  }

  @Test
  void tok9_eachClaimIsNeeded() {
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.issuer(null))), "iss");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.issuer("other"))), "iss");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.subject(null))), "sub");
    SigningApps.assertRefused(
        apps.exchange(
            apps.app.assertion(apps.now(), claims -> claims.subject(apps.other.id().value()))),
        "iss");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.expirationTime(null))),
        "exp");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.jwtID(null))), "jti");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.jwtID(""))), "jti");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.jwtID("j".repeat(257)))),
        "jti");
    assertThat(
            apps.exchange(apps.app.assertion(apps.now(), claims -> claims.issueTime(null)))
                .status())
        .as("iat is optional")
        .isEqualTo(200);
  }

  @Test
  void tok12_anAssertionLivesForFiveMinutesAtMost() {
    assertThat(apps.exchange(apps.expiring(360)).status())
        .as("with a clock a minute off")
        .isEqualTo(200);
    SigningApps.assertRefused(apps.exchange(apps.expiring(361)), "five minutes");
    assertThat(apps.exchange(apps.expiring(-59)).status())
        .as("with a clock a minute off")
        .isEqualTo(200);
    SigningApps.assertRefused(apps.exchange(apps.expiring(-60)), "expired");
    SigningApps.assertRefused(apps.exchange(apps.expiring(-86_400)), "expired");
  }

  @Test
  void tok9_anAssertionFromTheFutureIsRefused() {
    assertThat(apps.exchange(apps.from(60)).status())
        .as("with a clock a minute off")
        .isEqualTo(200);
    SigningApps.assertRefused(apps.exchange(apps.from(61)), "future");
    SigningApps.assertRefused(
        apps.exchange(
            apps.app.assertion(
                apps.now(), claims -> claims.notBeforeTime(Date.from(apps.now().plusSeconds(61))))),
        "future");
  }

  @Test
  void t25_tok7_twoWaysAtOnceAreInvalidRequest() {
    var assertion = apps.app.assertion(apps.now());
    Grants.assertRefused(
        SigningApps.form("any")
            .with("client_assertion_type", SigningApps.TYPE)
            .with("client_assertion", assertion)
            .with("client_secret", "anything")
            .to(apps.function),
        400,
        "invalid_request");
    Grants.assertRefused(
        SigningApps.form("any")
            .with("client_assertion_type", SigningApps.TYPE)
            .with("client_assertion", assertion)
            .header("authorization", Grants.basic(apps.app.id().value(), "anything"))
            .to(apps.function),
        400,
        "invalid_request");
  }

  @Test
  void tok9_theTypeOfTheAssertionIsFixed() {
    for (var type : List.of("", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")) {
      Grants.assertRefused(
          SigningApps.form("any")
              .with("client_assertion_type", type)
              .with("client_assertion", apps.app.assertion(apps.now()))
              .to(apps.function),
          401,
          "invalid_client");
    }
    Grants.assertRefused(
        SigningApps.form("any").with("client_assertion_type", SigningApps.TYPE).to(apps.function),
        401,
        "invalid_client");
  }

  @Test
  void tok9_aClientIdInTheFormHasToBeTheSame() {
    Grants.assertRefused(
        SigningApps.form("any")
            .with("client_id", apps.other.id().value())
            .with("client_assertion_type", SigningApps.TYPE)
            .with("client_assertion", apps.app.assertion(apps.now()))
            .to(apps.function),
        401,
        "invalid_client");
  }

  @Test
  void anAppThatIsSwitchedOffOrRanOutIsRefused() {
    var registered = apps.app.registered();
    apps.local.seed(registered.with(registered.registration().disabled(true)));
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now())), "authentication failed");

    apps.local.seed(
        registered.with(registered.registration().expiringAt(apps.local.clock().seconds())));
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now())), "authentication failed");
  }

  @Test
  void tok16_theSameHoldsAtTheOtherEndpoints() {
    var connected = apps.exchange(apps.app.assertion(apps.now()));
    var introspect = new IntrospectFunction(apps.local.wiring());
    var asked =
        Call.post("/introspect")
            .with("token", connected.text("access_token"))
            .with("client_assertion_type", SigningApps.TYPE);
    assertThat(asked.with("client_assertion", apps.app.assertion(apps.now())).to(introspect).json())
        .containsEntry("active", true);

    var revoke = new RevokeFunction(apps.local.wiring());
    Grants.assertRefused(
        Call.post("/revoke")
            .with("token", connected.text("refresh_token"))
            .with("client_id", apps.app.id().value())
            .to(revoke),
        401,
        "invalid_client");
    assertThat(
            Call.post("/revoke")
                .with("token", connected.text("refresh_token"))
                .with("client_assertion_type", SigningApps.TYPE)
                .with("client_assertion", apps.app.assertion(apps.now()))
                .to(revoke)
                .status())
        .isEqualTo(200);
    Grants.assertRefused(
        apps.refresh(connected.text("refresh_token"), apps.app.assertion(apps.now())),
        400,
        "invalid_grant");
  }
}
