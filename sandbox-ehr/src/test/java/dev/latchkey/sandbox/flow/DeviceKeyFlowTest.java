package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.Developer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A copy of a native app that gets a key of its own, from the patient's first yes to a grant that
/// nobody can use without the device (docs/registering-apps.md).
class DeviceKeyFlowTest extends SandboxFlow {
  private static final TimedSandbox TIMED = TimedSandbox.dynamoDbLocal();
  private static final String CALLBACK = "http://127.0.0.1:51004/callback";

  private final Developer developer = new Developer(TIMED.running());

  @Override
  RunningSandbox sandbox() {
    return TIMED.running();
  }

  @BeforeEach
  void waitAnHour() {
    TIMED.local().clock().advance(Duration.ofHours(1));
  }

  @Test
  void aCopyRegistersItsKeyAndItsGrantIsBoundToTheDevice() throws Exception {
    var shared = developer.register(Developer.nativeApp("Blood pressure diary"));
    var app = developer.app(shared, CALLBACK);
    var first = connect(app);
    assertThat(first.getAccessToken().getScope().toStringList()).contains("online_access");
    var key = key("this-device");

    var registered = registerKey(shared, key, first.getAccessToken().getValue());

    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    assertThat(registered.json())
        .containsEntry("client_name", "Blood pressure diary")
        .doesNotContainKeys("client_secret", "registration_access_token");
    var copy = developer.app(registered, CALLBACK).signingWith(key, clock());
    var tokens = connect(copy);
    assertThat(app.revoke(first.getRefreshToken()).getStatusCode()).isEqualTo(200);
    assertThat(tokens.getAccessToken().getScope().toStringList()).contains("offline_access");
    var next = copy.refreshed(tokens.getRefreshToken()).getOIDCTokens();
    assertThat(read("/Patient/kendal", next.getAccessToken()).statusCode()).isEqualTo(200);

    var stolen = next.getRefreshToken();
    var otherCopy = developer.app(registered, CALLBACK).signingWith(key("other-device"), clock());
    var sameName = developer.app(registered, CALLBACK).signingWith(key("this-device"), clock());
    assertRefused(otherCopy.refresh(stolen), "invalid_client");
    assertRefused(sameName.refresh(stolen), "invalid_client");
    assertRefused(developer.app(registered, CALLBACK).refresh(stolen), "invalid_client");
    assertRefused(app.refresh(stolen), "invalid_grant");
    assertThat(copy.refresh(stolen).indicatesSuccess()).isTrue();
  }

  @Test
  void everyCopyHasAGrantOfItsOwn() throws Exception {
    var shared = developer.register(Developer.nativeApp("Two phones"));
    var app = developer.app(shared, CALLBACK);
    var old = copy(shared, app, "old-phone");
    var current = copy(shared, app, "new-phone");
    var olds = connect(old);
    var currents = connect(current);

    assertThat(old.id()).isNotEqualTo(current.id());
    assertRefused(current.refresh(olds.getRefreshToken()), "invalid_grant");
    assertThat(old.revoke(olds.getRefreshToken()).getStatusCode()).isEqualTo(200);
    assertRefused(old.refresh(olds.getRefreshToken()), "invalid_grant");
    assertThat(current.refresh(currents.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void anAccessTokenIsGoodForOneKeyAndOnlyWhileItWorks() throws Exception {
    var shared = developer.register(Developer.nativeApp("Impatient"));
    var app = developer.app(shared, CALLBACK);
    var once = connect(app).getAccessToken().getValue();
    assertThat(registerKey(shared, key("a"), once).status()).isEqualTo(201);
    var revoked = connect(app);
    app.revoke(revoked.getRefreshToken());

    for (var token : List.of(once, revoked.getAccessToken().getValue(), "not-a-token")) {
      RegistrationFlowTest.assertRefused(
          registerKey(shared, key("b"), token), 401, "invalid_token");
    }
  }

  private SmartApp copy(Answer shared, SmartApp app, String kid) throws JOSEException {
    var key = key(kid);
    var registered = registerKey(shared, key, connect(app).getAccessToken().getValue());
    return developer.app(registered, CALLBACK).signingWith(key, clock());
  }

  private Answer registerKey(Answer shared, ECKey key, String accessToken) {
    return developer.register(
        Map.of(
            "software_id", shared.text("client_id"),
            "application_type", "native",
            "token_endpoint_auth_method", "private_key_jwt",
            "redirect_uris", List.of("http://127.0.0.1/callback"),
            "jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))),
        accessToken);
  }

  private static ECKey key(String kid) throws JOSEException {
    return new ECKeyGenerator(Curve.P_384).keyID(kid).generate();
  }
}
