package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.DpopProof;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WrongProof;
import dev.latchkey.endpoint.Call.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threat T41: a proof that is for something else, or that anybody could have made. None of them
/// uses up what it came with.
class WrongProofTest {
  private static final ProvingApps apps = new ProvingApps();
  private static final RefreshFunction refresh = new RefreshFunction(apps.local.wiring());

  @ParameterizedTest
  @EnumSource
  void t41_isRefusedWithACode(WrongProof wrong) {
    var code = apps.grants.nativeCode();

    assertRefused(apps.exchange(code, wrong.of(apps.proof())), wrong.reason);

    assertThat(apps.exchange(code, apps.proof().signed()).json())
        .containsEntry("token_type", "DPoP");
  }

  @ParameterizedTest
  @EnumSource
  void t41_isRefusedWithARefreshToken(WrongProof wrong) {
    var token = apps.connect().text("refresh_token");

    assertRefused(apps.refresh(token, wrong.of(apps.proof())), wrong.reason);

    assertThat(apps.refresh(token, apps.proof().signed()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void t41_isRefusedWhereNothingButRefreshingIsServed(WrongProof wrong) {
    var token = apps.connect().text("refresh_token");

    assertRefused(refreshAlone(token, wrong.of(proofForRefresh())), wrong.reason);

    assertThat(refreshAlone(token, proofForRefresh().signed()).status()).isEqualTo(200);
  }

  @Test
  void t41_aProofForTheTokenEndpointIsNoneForTheRefreshEndpoint() {
    var token = apps.connect().text("refresh_token");

    assertRefused(refreshAlone(token, apps.proof().signed()), "htu");
  }

  /// RFC 9449 section 4.3: query and fragment do not count, and spellings of one URL are one URL.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://latchkey.example/token?a=b",
        "https://latchkey.example/token#a",
        "https://latchkey.example/token?",
        "https://latchkey.example:443/token",
        "HTTPS://Latchkey.EXAMPLE/token",
        "https://latchkey.example/%74oken",
        "https://latchkey.example/./token",
        "https://latchkey.example/x/../token"
      })
  void t41_anotherSpellingOfTheUrlIsTheSameUrl(String url) {
    var proof = apps.proof().claim("htu", url).signed();

    assertThat(apps.exchange(apps.grants.nativeCode(), proof).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://latchkey.example",
        "https://latchkey.example/",
        "https://latchkey.example/token/",
        "https://latchkey.example//token",
        "https://latchkey.example/TOKEN",
        "https://latchkey.example/tok%2Fen",
        "https://user@latchkey.example/token",
        "https://latchkey.example.attacker.example/token",
        "https://latchkey.example:444/token",
        "//latchkey.example/token",
        "ftp://latchkey.example/token",
        "urn:latchkey.example:token",
        ""
      })
  void t41_anotherUrlIsAnotherUrl(String url) {
    var proof = apps.proof().claim("htu", url).signed();

    assertRefused(apps.exchange(apps.grants.nativeCode(), proof), "htu");
  }

  @Test
  void t41_theUrlIsNeverTakenFromTheHostHeader() {
    var proof = apps.proof().claim("htu", "https://attacker.example/token").signed();
    var call = apps.grants.exchange(apps.grants.nativeCode());

    assertRefused(
        call.header("dpop", proof).header("host", "attacker.example").to(apps.tokens), "htu");
  }

  /// RFC 9449 section 5.2.
  @Test
  void t41_anAppThatIsRegisteredForBoundTokensGetsNoOthers() {
    var code = apps.grants.code(TestClients.DPOP, TestClients.NATIVE_REDIRECT, Grants.SCOPE);
    var withoutProof = changed(code).to(apps.tokens);
    Grants.assertRefused(withoutProof, 400, "invalid_dpop_proof");

    assertThat(changed(code).header("dpop", apps.proof().signed()).to(apps.tokens).status())
        .isEqualTo(200);
  }

  private static Call changed(String code) {
    return apps.grants.changed(code, "client_id", TestClients.DPOP.value());
  }

  private static DpopProof proofForRefresh() {
    return apps.proof().claim("htu", LocalWiring.ISSUER + "/refresh");
  }

  private static Answer refreshAlone(String token, String proof) {
    return Call.post("/refresh")
        .with("grant_type", "refresh_token")
        .with("refresh_token", token)
        .with("client_id", TestClients.NATIVE.value())
        .header("dpop", proof)
        .to(refresh);
  }

  private static void assertRefused(Answer answer, String reason) {
    Grants.assertRefused(answer, 400, "invalid_dpop_proof");
    assertThat(answer.text("error_description")).contains(reason);
    assertThat(answer.headers()).containsKey("dpop-nonce");
  }
}
