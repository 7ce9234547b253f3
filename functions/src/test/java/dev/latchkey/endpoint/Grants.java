package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.token.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a patient allowed, without walking the pages: codes straight into the store, and the calls
/// that an app makes with them.
public record Grants(LocalWiring local) {
  static final String SCOPE =
      "openid fhirUser launch/patient offline_access patient/Observation.rs patient/Patient.r";

  /// What comes of that for an app that cannot prove itself.
  static final String SHORTENED = SCOPE.replace("offline_access", "online_access");

  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  String code(ClientId client, String redirectUri, String scope) {
    return code(client, redirectUri, scope, null);
  }

  /// @param key that the authorization request named, if any
  String code(ClientId client, String redirectUri, String scope, @Nullable KeyThumbprint key) {
    var code = Entropy.secure().value();
    local
        .wiring()
        .stores()
        .codes()
        .issue(
            SecretHash.of(code),
            new CodeBinding(
                client,
                redirectUri,
                SecretHash.of(VERIFIER).value(),
                "n-0S6_WzA2Mj",
                key,
                ScopeSet.parse(scope),
                new LaunchContext("ana"),
                "subject-of-ana",
                "Patient/ana",
                local.clock().seconds(),
                SecretHash.of("session"),
                local.clock().seconds() + 3600,
                FamilyId.fresh(Entropy.secure()),
                local.clock().seconds() + 60,
                Lifetimes.END_OF_TIME,
                Assurance.UNSAID));
    return code;
  }

  String nativeCode() {
    return code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, SCOPE);
  }

  /// An access token that a service was given, for five minutes.
  String serviceToken(ClientId service, String scope) {
    var wiring = local.wiring();
    return new AccessTokens(wiring.identity(), wiring.signer(), Entropy.secure())
        .issue(
            service,
            ScopeSet.parse(scope),
            Optional.empty(),
            local.clock().seconds(),
            Duration.ofMinutes(5));
  }

  Call exchange(String code) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", TestClients.NATIVE_REDIRECT)
        .with("code_verifier", VERIFIER)
        .with("client_id", TestClients.NATIVE.value());
  }

  public Call refresh(String refreshToken) {
    return Call.post("/token")
        .with("grant_type", "refresh_token")
        .with("refresh_token", refreshToken)
        .with("client_id", TestClients.NATIVE.value());
  }

  /// A connected native app.
  public Answer connect(TokenFunction function) {
    return exchange(nativeCode()).to(function);
  }

  /// A connected browser app: public too, and connected for weeks.
  Answer connectBrowser(TokenFunction function) {
    var code = code(TestClients.BROWSER, TestClients.BROWSER_REDIRECT, SCOPE);
    return browserExchange(code).to(function);
  }

  Call browserExchange(String code) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", TestClients.BROWSER_REDIRECT)
        .with("code_verifier", VERIFIER)
        .with("client_id", TestClients.BROWSER.value());
  }

  Call browserRefresh(String refreshToken) {
    return Call.post("/token")
        .with("grant_type", "refresh_token")
        .with("refresh_token", refreshToken)
        .with("client_id", TestClients.BROWSER.value());
  }

  Call changed(String code, String name, String value) {
    var call = Call.post("/token");
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", TestClients.NATIVE_REDIRECT);
    parameters.put("code_verifier", Grants.VERIFIER);
    parameters.put("client_id", TestClients.NATIVE.value());
    parameters.put(name, value);
    return call.with(parameters);
  }

  Call webExchange(String code) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", TestClients.WEB_REDIRECT)
        .with("code_verifier", Grants.VERIFIER);
  }

  Answer connectWeb(TokenFunction function) {
    var code = code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    return webExchange(code)
        .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
        .to(function);
  }

  Call webRefresh(String token) {
    return Call.post("/token")
        .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
        .with("grant_type", "refresh_token")
        .with("refresh_token", token);
  }

  static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  static void assertRefused(Answer answer, int status, String error) {
    assertThat(answer.text("error")).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("error_description")).isNotBlank();
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }
}
