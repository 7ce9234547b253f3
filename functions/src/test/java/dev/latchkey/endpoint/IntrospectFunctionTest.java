package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.family.Cutoffs;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements INT-1 to INT-6.
class IntrospectFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction tokens = new TokenFunction(local.wiring());
  private static final RevokeFunction revocation = new RevokeFunction(local.wiring());
  private static final IntrospectFunction function = new IntrospectFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  private Answer granted;

  @BeforeAll
  static void seed() {
    local
        .seed(TestClients.nativeApp())
        .seed(TestClients.browserApp())
        .seed(TestClients.webApp())
        .seed(TestClients.resourceServer());
  }

  @BeforeEach
  void connect() {
    granted = grants.connect(tokens);
  }

  @Test
  void int1_tellsAResourceServerWhatAnAccessTokenMayDo() throws ParseException {
    var answer = asResourceServer(granted.text("access_token"));
    var claims = SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsEntry("active", true)
        .containsEntry("scope", granted.text("scope"))
        .containsEntry("client_id", TestClients.NATIVE.value())
        .containsEntry("token_type", "Bearer")
        .containsEntry("aud", LocalWiring.ISSUER + "/fhir")
        .containsEntry("jti", claims.getJWTID());
    var exp = Long.parseLong(answer.text("exp"));
    assertThat(exp).isEqualTo(local.clock().seconds() + Long.parseLong(granted.text("expires_in")));
  }

  @Test
  void int1_repeatsTheScopeOfANarrowedToken() {
    var narrow =
        grants
            .refresh(granted.text("refresh_token"))
            .with("scope", "patient/Observation.r")
            .to(tokens);

    assertThat(asResourceServer(narrow.text("access_token")).text("scope"))
        .isEqualTo("patient/Observation.r");
  }

  @Test
  void int2_repeatsTheLaunchContext() {
    assertThat(asResourceServer(granted.text("access_token")).json())
        .containsEntry("patient", granted.text("patient"));
  }

  @Test
  void int3_namesTheSameUserAsTheIdToken() throws ParseException {
    var idToken = SignedJWT.parse(granted.text("id_token")).getJWTClaimsSet();

    assertThat(asResourceServer(granted.text("access_token")).json())
        .containsEntry("iss", idToken.getIssuer())
        .containsEntry("sub", idToken.getSubject())
        .containsEntry("fhirUser", idToken.getStringClaim("fhirUser"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "rt1_", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"})
  void int4_saysNothingAboutWhatIsNoToken(String token) {
    assertInactive(asResourceServer(token));
  }

  @Test
  void int4_saysNothingAboutAnIdToken() {
    assertInactive(asResourceServer(granted.text("id_token")));
  }

  @Test
  void int4_saysNothingAboutAnExpiredToken() {
    local.clock().advance(Duration.ofMinutes(10));
    assertInactive(asResourceServer(granted.text("access_token")));
  }

  @Test
  void int4_seesARevocationAtOnce() {
    var revoked =
        Call.post("/revoke")
            .with("token", granted.text("refresh_token"))
            .with("client_id", TestClients.NATIVE.value())
            .to(revocation);
    assertThat(revoked.status()).isEqualTo(200);

    assertInactive(asResourceServer(granted.text("access_token")));
  }

  @Test
  void int4_seesACutoffAtOnce() {
    local
        .wiring()
        .stores()
        .cutoffs()
        .raise(
            new Cutoffs.Of.Client(TestClients.NATIVE),
            local.clock().seconds(),
            local.clock().seconds() + 100);

    assertInactive(asResourceServer(granted.text("access_token")));
    Grants.assertRefused(
        grants.refresh(granted.text("refresh_token")).to(tokens), 400, "invalid_grant");
    local.clock().advance(Duration.ofSeconds(1));
    granted = grants.connect(tokens);
    assertThat(asResourceServer(granted.text("access_token")).json()).containsEntry("active", true);
  }

  @Test
  void int5_refusesStrangersAndPublicClients() {
    var token = granted.text("access_token");
    local.events().reset();

    assertRefused(Call.post("/introspect").with("token", token));
    assertRefused(
        Call.post("/introspect")
            .with("token", token)
            .with("client_id", TestClients.NATIVE.value()));
    assertRefused(
        Call.post("/introspect")
            .with("token", token)
            .header("authorization", Grants.basic(TestClients.WEB.value(), "wrong")));
    assertThat(local.events().events())
        .containsExactly(
            OperatorEvent.invalidClient(""),
            OperatorEvent.invalidClient(TestClients.NATIVE.value()),
            OperatorEvent.invalidClient(TestClients.WEB.value()));
    assertRefused(
        Call.post("/introspect").with("token", token).header("authorization", "Bearer " + "x"));
  }

  @Test
  void int5_showsAnOrdinaryAppItsOwnTokensOnly() {
    var mine = grants.connectWeb(tokens).text("access_token");

    assertThat(asWeb(mine).json()).containsEntry("active", true);
    assertInactive(asWeb(granted.text("access_token")));
  }

  @Test
  void int5_takesAnAccessTokenOfAnAppAsAuthentication() {
    var mine = granted.text("access_token");
    var other = grants.connectWeb(tokens).text("access_token");

    assertThat(asBearer(mine, mine).json()).containsEntry("active", true);
    assertInactive(asBearer(mine, other));
  }

  @Test
  void int6_saysNothingAboutARefreshTokenEvenToItsOwner() {
    assertInactive(asResourceServer(granted.text("refresh_token")));
    var mine = grants.connectWeb(tokens).text("refresh_token");
    assertInactive(asWeb(mine));
  }

  @Test
  void asksNoStoreAboutForgeries() {
    var token = granted.text("access_token");
    var forged = token.substring(0, token.length() - 10) + "AAAAAAAAAA";
    asResourceServer(token);
    local.calls().reset();

    assertInactive(asResourceServer(forged));

    assertThat(local.calls().of("query", "batchGetItem")).isZero();
    assertThat(local.calls().writes()).isZero();
  }

  private static void assertInactive(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Map.of("active", false));
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  private static void assertRefused(Call call) {
    assertThat(call.to(function).status()).isEqualTo(401);
  }

  private static Answer asResourceServer(String token) {
    return ask(token, Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET));
  }

  private static Answer asWeb(String token) {
    return ask(token, Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET));
  }

  private static Answer asBearer(String caller, String token) {
    return ask(token, "Bearer " + caller);
  }

  private static Answer ask(String token, String authorization) {
    return Call.post("/introspect")
        .with("token", token)
        .header("authorization", authorization)
        .to(function);
  }
}
