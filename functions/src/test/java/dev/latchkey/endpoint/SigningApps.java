package dev.latchkey.endpoint;

import static dev.latchkey.contract.SigningApp.header;
import static dev.latchkey.contract.SigningApp.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A deployment with apps that sign, and what they send to it.
final class SigningApps {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  // Keys take a while to make.
  private static final SigningApp APP = SigningApp.called("signing-app");
  private static final SigningApp OTHER = SigningApp.called("other-signing-app");

  final SigningApp app = APP;
  final SigningApp other = OTHER;
  final AtomicInteger fetches = new AtomicInteger();
  final LocalWiring local = LocalWiring.start();
  final TokenFunction function =
      new TokenFunction(
          local
              .wiring()
              .withKeySets(
                  _ -> {
                    fetches.incrementAndGet();
                    return new KeySetSource.Answer.KeySet(app.jwks(), 60);
                  }));
  final Grants grants = new Grants(local);

  SigningApps() {
    local.seed(app.registered()).seed(other.registered()).seed(TestClients.webApp());
  }

  Instant now() {
    return local.clock().instant();
  }

  JWTClaimsSet claims() {
    return app.claims(now()).build();
  }

  String withAudience(String audience) {
    return app.assertion(now(), claims -> claims.claim("aud", audience));
  }

  String expiring(long seconds) {
    return app.assertion(
        now(), claims -> claims.expirationTime(Date.from(now().plus(Duration.ofSeconds(seconds)))));
  }

  String from(long seconds) {
    return app.assertion(now(), claims -> claims.issueTime(Date.from(now().plusSeconds(seconds))));
  }

  String withJku(String address) {
    return signed(
        header(app.ec(), JWSAlgorithm.ES384).jwkURL(URI.create(address)).build(),
        claims(),
        app.ec());
  }

  void registerAlgorithms(Set<String> algorithms) {
    var registered = app.registered();
    local.seed(
        registered.with(
            new ClientCredentials(
                registered.credentials().methods(),
                List.of(),
                registered.credentials().keys(),
                algorithms,
                false)));
  }

  Answer exchange(String assertion) {
    return form(grants.code(app.id(), SigningApp.REDIRECT, Grants.SCOPE))
        .with("client_assertion_type", TYPE)
        .with("client_assertion", assertion)
        .to(function);
  }

  static Call form(String code) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", SigningApp.REDIRECT)
        .with("code_verifier", Grants.VERIFIER);
  }

  Answer refresh(String token, String assertion) {
    return Call.post("/token")
        .with("grant_type", "refresh_token")
        .with("refresh_token", token)
        .with("client_assertion_type", TYPE)
        .with("client_assertion", assertion)
        .to(function);
  }

  static void assertRefused(Answer answer, String reason) {
    Grants.assertRefused(answer, 401, "invalid_client");
    assertThat(answer.text("error_description")).contains(reason);
  }

  static ECKey ecKey(Curve curve, String kid) {
    try {
      return new ECKeyGenerator(curve).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
