package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessTokenIssue;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What apps of a lively deployment hold beside codes and tokens: a reference to a pushed request,
/// the rights to register an app and to manage one, and keys that they prove to have.
final class AppSecrets {
  private final LivelyDeployment on;
  private final DPoPProofFactory device = device();
  private final SigningApp signing = SigningApp.called("signing-app");

  /// Ids of proofs and assertions that were used.
  private final List<String> usedIds = new ArrayList<>();

  private final Answer bound;
  private final String nonce;
  private final String pushed;
  private final String initialAccessToken;
  private final Answer registered;

  AppSecrets(LivelyDeployment on) {
    this.on = on;
    var exchange = on.nativeExchange(on.freshCode());
    nonce = exchange.header("dpop", proof(null)).to(on.function).header("dpop-nonce");
    bound = exchange.header("dpop", proof(nonce)).to(on.function);
    assertThat(bound.text("token_type")).isEqualTo("DPoP");
    on.wiring.stores().clients().put(signing.registered());
    assertThat(isOfTheSigningApp(assertion())).isTrue();
    pushed = push();
    initialAccessToken = issued();
    registered = Registrations.call(Registrations.nativeApp()).to(new RegisterFunction(on.wiring));
  }

  /// The ids that a copy of the tables does not tell.
  List<String> usedIds() {
    return List.copyOf(usedIds);
  }

  /// What the tables hold instead of these secrets.
  List<String> hashes() {
    return Stream.of(pushed, initialAccessToken, registered.text("registration_access_token"))
        .map(secret -> SecretHash.of(secret).value())
        .toList();
  }

  /// Proofs first, since they are good for a minute.
  List<SecretUse> uses() {
    return List.of(
        new SecretUse("DPoP proof", proof(nonce), this::isOfTheDevice),
        new SecretUse("client assertion", assertion(), this::isOfTheSigningApp),
        new SecretUse("reference to a pushed request", pushed, this::isPushed),
        new SecretUse("initial access token", initialAccessToken, this::mayRegister),
        new SecretUse(
            "registration access token",
            registered.text("registration_access_token"),
            this::mayManage));
  }

  private boolean isOfTheDevice(String proof) {
    return on.nativeRefresh(bound.text("refresh_token"))
            .header("dpop", proof)
            .to(on.function)
            .status()
        == 200;
  }

  /// Whoever is let in hears that the refresh token is none.
  private boolean isOfTheSigningApp(String assertion) {
    return Call.post("/token")
        .with("grant_type", "refresh_token")
        .with("refresh_token", "none")
        .with("client_assertion_type", SigningApps.TYPE)
        .with("client_assertion", assertion)
        .to(on.function)
        .text("error")
        .equals("invalid_grant");
  }

  private boolean isPushed(String reference) {
    return Call.get("/authorize")
        .with("client_id", TestClients.NATIVE.value())
        .with("request_uri", reference)
        .to(new AuthorizeFunction(on.wiring))
        .header("location")
        .contains("/interaction/sign-in");
  }

  private boolean mayRegister(String token) {
    return Registrations.call(Registrations.nativeApp())
            .header("authorization", "Bearer " + token)
            .to(new RegisterFunction(on.wiring))
            .status()
        == 201;
  }

  private boolean mayManage(String token) {
    var id = registered.text("client_id");
    return Call.json("GET", "/register/" + id, "")
            .pathParameter("client", id)
            .header("authorization", "Bearer " + token)
            .to(new RegisterFunction(on.wiring))
            .status()
        == 200;
  }

  private String proof(@Nullable String nonce) {
    try {
      return device
          .createDPoPJWT(
              new JWTID(freshId()),
              "POST",
              URI.create(tokenEndpoint()),
              Date.from(on.wiring.clock().instant()),
              null,
              nonce == null ? null : new Nonce(nonce))
          .serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String assertion() {
    return signing.assertion(
        on.wiring.clock().instant(), claims -> claims.audience(tokenEndpoint()).jwtID(freshId()));
  }

  private String freshId() {
    var id = on.wiring.entropy().value();
    usedIds.add(id);
    return id;
  }

  private String tokenEndpoint() {
    return on.wiring.identity().url("/token");
  }

  private String push() {
    var request = Asking.changed("client_id", TestClients.NATIVE.value());
    request.put("redirect_uri", LivelyDeployment.NATIVE_REDIRECT);
    request.put("aud", on.wiring.identity().fhirBase());
    return Call.post("/par").with(request).to(new ParFunction(on.wiring)).text("request_uri");
  }

  private String issued() {
    var allowance =
        new Allowance(IdentityLevel.REGISTERED, ScopeSet.parse(Registrations.ALL), false);
    return new InitialAccessTokenIssue(
            on.wiring.stores().initialAccessTokens(), on.wiring.entropy())
        .issue("A developer", allowance, 1, Duration.ofDays(1), on.wiring.clock().instant())
        .token();
  }

  private static DPoPProofFactory device() {
    try {
      return new DefaultDPoPProofFactory(
          SigningApps.ecKey(Curve.P_256, "device"), JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
