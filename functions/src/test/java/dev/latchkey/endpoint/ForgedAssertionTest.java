package dev.latchkey.endpoint;

import static dev.latchkey.contract.SigningApp.header;
import static dev.latchkey.contract.SigningApp.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// T25 to T28, and TOK-13: assertions that prove nothing.
class ForgedAssertionTest {
  private final SigningApps apps = new SigningApps();

  /// T27: an assertion that another server may use as well is worth nothing here.
  @Test
  void t27_severalAudiencesAreRefusedAlthoughOneIsOurs() {
    var both = List.of(LocalWiring.ISSUER, "https://attacker.example");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.audience(both))), "aud");
    SigningApps.assertRefused(
        apps.exchange(apps.app.assertion(apps.now(), claims -> claims.claim("aud", null))), "aud");
  }

  @Test
  void t27_anAppMayAllowTheIssuerAlone() {
    var registered = apps.app.registered();
    var strict =
        new ClientCredentials(
            registered.credentials().methods(),
            List.of(),
            registered.credentials().keys(),
            registered.credentials().algorithms(),
            true);
    apps.local.seed(registered.with(strict));

    SigningApps.assertRefused(apps.exchange(apps.app.assertion(apps.now())), "aud");
    assertThat(apps.exchange(apps.withAudience(LocalWiring.ISSUER)).status()).isEqualTo(200);
  }

  @Test
  void t26_anAssertionWorksOnceUpToItsVeryLastSecond() {
    var assertion = apps.app.assertion(apps.now());
    var start = apps.local.clock().instant();
    assertThat(apps.exchange(assertion).status()).isEqualTo(200);

    for (var later : List.of(0, 1, 299, 300, 359)) {
      apps.local.clock().set(start.plusSeconds(later));
      SigningApps.assertRefused(apps.exchange(assertion), "used before");
    }
    apps.local.clock().set(start.plusSeconds(360));
    SigningApps.assertRefused(apps.exchange(assertion), "expired");
  }

  @Test
  void t26_oneOfManyAtOnceGetsThrough() throws Exception {
    var assertion = apps.app.assertion(apps.now());

    var answers = Race.of(_ -> apps.exchange(assertion));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> SigningApps.assertRefused(answer, "used before"));
  }

  @Test
  void t26_twoAppsMayUseTheSameId() {
    var id = UUID.randomUUID().toString();
    assertThat(apps.exchange(apps.app.assertion(apps.now(), claims -> claims.jwtID(id))).status())
        .isEqualTo(200);
    assertThat(
            Call.post("/token")
                .with("grant_type", "authorization_code")
                .with("code", apps.grants.code(apps.other.id(), SigningApp.REDIRECT, Grants.SCOPE))
                .with("redirect_uri", SigningApp.REDIRECT)
                .with("code_verifier", Grants.VERIFIER)
                .with("client_assertion_type", SigningApps.TYPE)
                .with(
                    "client_assertion",
                    apps.other.assertion(apps.now(), claims -> claims.jwtID(id)))
                .to(apps.function)
                .status())
        .isEqualTo(200);
  }

  @Test
  void t26_anAssertionThatIsRefusedUsesUpNoId() {
    var id = UUID.randomUUID().toString();
    var forged =
        signed(
            header(apps.app.ec(), JWSAlgorithm.ES384).build(),
            apps.app.claims(apps.now()).jwtID(id).build(),
            SigningApps.ecKey(Curve.P_384, "ec-1"));
    apps.local.calls().reset();
    SigningApps.assertRefused(apps.exchange(forged), "signature");
    assertThat(apps.local.calls().writes()).as("beside the code of this test").isEqualTo(1);
    assertThat(apps.local.calls().signs()).isZero();

    assertThat(apps.exchange(apps.app.assertion(apps.now(), claims -> claims.jwtID(id))).status())
        .isEqualTo(200);
  }

  @Test
  void t28_forgedHeadersAreRefused() throws JOSEException {
    var claims = apps.claims();
    var unsigned = new PlainJWT(claims).serialize();
    SigningApps.assertRefused(apps.exchange(unsigned), "no signed JWT");

    var hmac =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims);
    hmac.sign(new MACSigner(apps.app.rsa().toRSAPublicKey().getEncoded()));
    SigningApps.assertRefused(apps.exchange(hmac.serialize()), "algorithm");

    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(apps.app.rsa(), JWSAlgorithm.RS384).keyID("ec-1").build(),
                claims,
                apps.app.rsa())),
        "no key with that kid");
    var p256 = SigningApps.ecKey(Curve.P_256, "ec-1");
    apps.registerAlgorithms(Set.of("ES256", "ES384"));
    SigningApps.assertRefused(
        apps.exchange(signed(header(p256, JWSAlgorithm.ES256).build(), claims, p256)),
        "no key with that kid");
    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(apps.app.ec(), JWSAlgorithm.ES384).keyID("../../ec-1").build(),
                claims,
                apps.app.ec())),
        "no key with that kid");
    SigningApps.assertRefused(
        apps.exchange(
            signed(new JWSHeader.Builder(JWSAlgorithm.ES384).build(), claims, apps.app.ec())),
        "no kid");
    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(apps.app.ec(), JWSAlgorithm.ES384)
                    .type(new JOSEObjectType("dpop+jwt"))
                    .build(),
                claims,
                apps.app.ec())),
        "typ");
    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(apps.app.ec(), JWSAlgorithm.ES384)
                    .criticalParams(Set.of("exp"))
                    .customParam("exp", 1)
                    .build(),
                claims,
                apps.app.ec())),
        "extension");
    var valid = apps.app.assertion(apps.now());
    var bent = valid.substring(0, valid.length() - 8) + "AAAAAAAA";
    SigningApps.assertRefused(apps.exchange(bent), "signature");
  }

  @Test
  void t28_keysInTheHeaderAreNeverUsed() {
    var mine = SigningApps.ecKey(Curve.P_384, "mine");
    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(mine, JWSAlgorithm.ES384).jwk(mine.toPublicJWK()).build(),
                apps.claims(),
                mine)),
        "no key with that kid");
    var named = SigningApps.ecKey(Curve.P_384, "ec-1");
    SigningApps.assertRefused(
        apps.exchange(
            signed(
                header(named, JWSAlgorithm.ES384)
                    .jwk(named.toPublicJWK())
                    .x509CertURL(URI.create("https://attacker.example/x5u"))
                    .build(),
                apps.claims(),
                named)),
        "signature");
    assertThat(apps.fetches).hasValue(0);
  }

  @Test
  void tok13_jkuHasToBeTheRegisteredAddressAndIsNotFetchedOtherwise() {
    var address = "https://signing.example/jwks.json";
    SigningApps.assertRefused(apps.exchange(apps.withJku(address)), "jku");
    assertThat(apps.fetches).as("the keys are in the registration").hasValue(0);

    apps.local.seed(apps.app.registered(ClientKeys.at(address)));
    SigningApps.assertRefused(
        apps.exchange(apps.withJku("https://attacker.example/jwks.json")), "jku");
    assertThat(apps.fetches).hasValue(0);

    assertThat(apps.exchange(apps.withJku(address)).status()).isEqualTo(200);
    assertThat(apps.exchange(apps.app.assertion(apps.now())).status()).isEqualTo(200);
    assertThat(apps.fetches).hasValue(1);
  }

  @Test
  void t25_noAppFallsBackToAWeakerWay() {
    var id = apps.app.id().value();
    Grants.assertRefused(
        SigningApps.form(apps.grants.code(apps.app.id(), SigningApp.REDIRECT, Grants.SCOPE))
            .with("client_id", id)
            .to(apps.function),
        401,
        "invalid_client");
    Grants.assertRefused(
        SigningApps.form(apps.grants.code(apps.app.id(), SigningApp.REDIRECT, Grants.SCOPE))
            .with("client_id", id)
            .with("client_secret", "anything")
            .to(apps.function),
        401,
        "invalid_client");
    Grants.assertRefused(
        SigningApps.form(apps.grants.code(apps.app.id(), SigningApp.REDIRECT, Grants.SCOPE))
            .header("authorization", Grants.basic(id, "anything"))
            .to(apps.function),
        401,
        "invalid_client");
    // And an app with a secret does not come with a key of its choice.
    var asWeb =
        signed(
            header(apps.app.ec(), JWSAlgorithm.ES384).build(),
            apps.app
                .claims(apps.now())
                .issuer(TestClients.WEB.value())
                .subject(TestClients.WEB.value())
                .build(),
            apps.app.ec());
    Grants.assertRefused(apps.exchange(asWeb), 401, "invalid_client");
  }

  @Test
  void garbageCostsNoWriteAndNoSignature() {
    apps.local.calls().reset();
    for (var garbage : List.of("x", "a.b.c", "..", "x".repeat(20_000), apps.app.jwks())) {
      Grants.assertRefused(
          SigningApps.form("any")
              .with("client_assertion_type", SigningApps.TYPE)
              .with("client_assertion", garbage)
              .to(apps.function),
          401,
          "invalid_client");
    }
    assertThat(apps.local.calls().counts()).isEmpty();
  }
}
