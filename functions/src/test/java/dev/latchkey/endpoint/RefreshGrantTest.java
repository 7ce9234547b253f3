package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The refresh grant.
class RefreshGrantTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final RefreshFunction refreshFunction = new RefreshFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
    assertThat(grants.connect(function).status()).isEqualTo(200);
  }

  @BeforeEach
  void reset() {
    local.calls().reset();
  }

  @Test
  void aRefreshIsOneWriteAndOneSignature() {
    var token = grants.connect(function).text("refresh_token");
    local.calls().reset();
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
    assertThat(local.calls().writes()).isEqualTo(1);
    assertThat(local.calls().signs()).isEqualTo(1);
  }

  @Test
  void garbageIsNoWriteNoReadOfFamiliesAndNoSignature() {
    var token = grants.connect(function).text("refresh_token");
    grants.refresh("rt1_" + "A".repeat(92)).to(function);
    local.calls().reset();
    var forged =
        token.substring(0, 50) + (token.charAt(50) == 'A' ? 'B' : 'A') + token.substring(51);
    for (var garbage :
        new String[] {forged, "rt1_" + "A".repeat(92), "x", "rt1_", "é".repeat(96)}) {
      Grants.assertRefused(grants.refresh(garbage).to(function), 400, "invalid_grant");
    }
    assertThat(local.calls().writes()).isZero();
    assertThat(local.calls().signs()).isZero();
    assertThat(local.calls().of("GetItem")).isLessThanOrEqualTo(5);
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
  }

  @Test
  void ref8_onlineAccessEndsWithTheSession() {
    var code =
        grants.code(
            TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "online_access patient/Patient.rs");
    var token = grants.exchange(code).to(function).text("refresh_token");
    for (int i = 0; i < 5; i++) {
      local.clock().advance(Duration.ofMinutes(11));
      var next = grants.refresh(token).to(function);
      assertThat(next.status()).isEqualTo(200);
      token = next.text("refresh_token");
    }
    local.clock().advance(Duration.ofMinutes(6));
    Grants.assertRefused(grants.refresh(token).to(function), 400, "invalid_grant");
  }

  @Test
  void ref10_refreshRepeatsScopeAndContextAndRotates() {
    var first = grants.connect(function);
    var second = grants.refresh(first.text("refresh_token")).to(function);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json())
        .containsEntry("scope", Grants.SHORTENED)
        .containsEntry("patient", "ana")
        .doesNotContainKey("id_token");
    assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
  }

  @Test
  void refreshFunctionServesTheSameGrantAndNoOther() {
    var first = grants.connect(function).text("refresh_token");
    assertThat(grants.refresh(first).to(refreshFunction).status()).isEqualTo(200);
    Grants.assertRefused(
        grants.exchange(grants.nativeCode()).to(refreshFunction), 400, "unsupported_grant_type");
    Grants.assertRefused(
        Call.post("/refresh")
            .with("grant_type", "password")
            .with("client_id", TestClients.NATIVE.value())
            .to(refreshFunction),
        400,
        "unsupported_grant_type");
  }

  @Test
  void aNarrowerScopeNarrowsOneAccessTokenOnly() {
    var first = grants.connect(function).text("refresh_token");
    var narrow = grants.refresh(first).with("scope", "patient/Observation.r").to(function);
    assertThat(narrow.json()).containsEntry("scope", "patient/Observation.r");
    var full =
        grants.refresh(narrow.text("refresh_token")).with("scope", Grants.SHORTENED).to(function);
    assertThat(full.json()).containsEntry("scope", Grants.SHORTENED);
  }

  @Test
  void aScopeMayBeNarrowedToACategory() {
    var first = grants.connect(function).text("refresh_token");
    var labs =
        "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
    assertThat(grants.refresh(first).with("scope", labs).to(function).json())
        .containsEntry("scope", labs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Condition.rs",
        "patient/Observation.cruds",
        "patient/*.rs",
        "patient/Patient.rs",
        "offline_access",
        "system/*.rs",
        "user/Observation.rs",
        "nonsense",
        "patient/Observation.rs nonsense"
      })
  void moreThanWasGrantedIsInvalidScopeAndChangesNothing(String scope) {
    var token = grants.connect(function).text("refresh_token");
    local.calls().reset();
    Grants.assertRefused(
        grants.refresh(token).with("scope", scope).to(function), 400, "invalid_scope");
    assertThat(local.calls().writes()).isZero();
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
  }

  @Test
  void ref6_aLostAnswerIsRepeatedWithTheSameToken() {
    var first = grants.connect(function).text("refresh_token");
    var lost = grants.refresh(first).to(function).text("refresh_token");
    local.clock().advance(Duration.ofSeconds(30));
    var again = grants.refresh(first).to(function);
    assertThat(again.text("refresh_token")).isEqualTo(lost);
  }

  @Test
  void afterTheWindowAnOldTokenEndsTheFamily() {
    var first = grants.connect(function).text("refresh_token");
    var second = grants.refresh(first).to(function).text("refresh_token");
    local.clock().advance(Duration.ofSeconds(31));
    Grants.assertRefused(grants.refresh(first).to(function), 400, "invalid_grant");
    Grants.assertRefused(grants.refresh(second).to(function), 400, "invalid_grant");
  }

  @Test
  void sixGenerationsThatAreEachAskedForTwiceEndTheFamily() {
    var token = grants.connect(function).text("refresh_token");
    for (int round = 1; round <= 5; round++) {
      var next = grants.refresh(token).to(function).text("refresh_token");
      assertThat(grants.refresh(token).to(function).text("refresh_token")).isEqualTo(next);
      token = next;
    }
    var last = grants.refresh(token).to(function).text("refresh_token");
    Grants.assertRefused(grants.refresh(token).to(function), 400, "invalid_grant");
    Grants.assertRefused(grants.refresh(last).to(function), 400, "invalid_grant");
  }

  @Test
  void aPublicAppsTokenRunsOutWhenItIsIdle() {
    var token = grants.connectBrowser(function).text("refresh_token");
    local.clock().advance(Duration.ofDays(30).minusSeconds(1));
    var next = grants.browserRefresh(token).to(function);
    assertThat(next.status()).isEqualTo(200);

    local.clock().advance(Duration.ofDays(30));

    var late = grants.browserRefresh(next.text("refresh_token")).to(function);
    Grants.assertRefused(late, 400, "invalid_grant");
  }

  @Test
  void ref7_aConfidentialAppKeepsItsAccessForMonths() {
    var token = grants.connectWeb(function).text("refresh_token");
    for (int month = 0; month < 24; month++) {
      local.clock().advance(Duration.ofDays(91));
      var next = grants.webRefresh(token).to(function);
      assertThat(next.status()).isEqualTo(200);
      token = next.text("refresh_token");
    }
  }
}
