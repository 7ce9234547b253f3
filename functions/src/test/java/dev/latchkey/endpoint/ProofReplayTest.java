package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.Race;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.ProofPolicy;
import dev.latchkey.secret.Entropy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Threat T40: a proof that somebody copied, made ahead of time, or made without a nonce of ours
/// (RFC 9449 sections 8 and 11.1 to 11.3).
class ProofReplayTest {
  private final ProvingApps apps = new ProvingApps();

  @Test
  void t40_aProofWorksOnce() {
    var proof = apps.proof().signed();
    var connected = apps.exchange(apps.grants.nativeCode(), proof);
    assertThat(connected.status()).as(connected.body()).isEqualTo(200);

    assertUsed(apps.exchange(apps.grants.nativeCode(), proof));
    assertUsed(apps.refresh(connected.text("refresh_token"), proof));
    apps.local.clock().advance(Duration.ofSeconds(1));
    assertUsed(apps.refresh(connected.text("refresh_token"), proof));

    assertThat(apps.refresh(connected.text("refresh_token"), apps.proof().signed()).status())
        .isEqualTo(200);
  }

  @Test
  void t40_aProofIsRememberedForAsLongAsItsTimeWouldPass() {
    var window = ProofPolicy.WINDOW.toSeconds();
    var connected = apps.connect();
    var proof = apps.proof().claim("iat", apps.now().getEpochSecond() + window).signed();
    assertThat(apps.refresh(connected.text("refresh_token"), proof).status()).isEqualTo(200);

    apps.local.clock().advance(ProofPolicy.WINDOW.multipliedBy(2));
    assertUsed(apps.refresh(connected.text("refresh_token"), proof));

    apps.local.clock().advance(Duration.ofSeconds(1));
    var tooOld = apps.refresh(connected.text("refresh_token"), proof);
    Grants.assertRefused(tooOld, 400, "invalid_dpop_proof");
    assertThat(tooOld.text("error_description")).contains("iat");
  }

  @Test
  void t40_oneOfManyUsesOfAProofAtOnceSucceeds() throws Exception {
    var proof = apps.proof().signed();
    var codes = Race.of(_ -> apps.grants.nativeCode());

    var answers = Race.of(i -> apps.exchange(codes.get(i), proof));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(Race.CALLERS - 1)
        .allSatisfy(ProofReplayTest::assertUsed);
  }

  @Test
  void t40_theSameIdOfAnotherKeyIsAnotherProof() {
    var mine = apps.proof().claim("jti", "1").signed();
    var others = apps.proof(apps.thiefs).claim("jti", "1").signed();

    assertThat(apps.exchange(apps.grants.nativeCode(), others).status()).isEqualTo(200);
    assertThat(apps.exchange(apps.grants.nativeCode(), mine).status()).isEqualTo(200);
  }

  @Test
  void t40_aProofWithoutANonceIsToldOne() {
    var code = apps.grants.nativeCode();

    var answer = apps.exchange(code, apps.proof().claim("nonce", null).signed());

    assertAskedForANonce(answer);
    assertThat(answer.header("access-control-expose-headers")).contains("DPoP-Nonce");
    var told = apps.proof().claim("nonce", answer.header("dpop-nonce")).signed();
    assertThat(apps.exchange(code, told).status()).isEqualTo(200);
  }

  @Test
  void t40_aNonceWorksInItsPeriodAndTheNextAndNoLonger() {
    var nonce = apps.nonce();
    apps.local.clock().advance(ProofPolicy.NONCE_PERIOD);
    var inTime = apps.proof().claim("nonce", nonce).signed();
    assertThat(apps.exchange(apps.grants.nativeCode(), inTime).status()).isEqualTo(200);

    apps.local.clock().advance(ProofPolicy.NONCE_PERIOD);
    var late = apps.exchange(apps.grants.nativeCode(), apps.proof().claim("nonce", nonce).signed());

    assertAskedForANonce(late);
    assertThat(late.header("dpop-nonce")).isNotEqualTo(nonce);
  }

  @Test
  void t40_aNonceThatIsNotOursIsNone() {
    var ours = apps.nonce();
    for (var nonce :
        new String[] {
          "", "x", "é", ours + "A", ours.substring(1), Entropy.secure().value(), swapped(ours)
        }) {
      assertAskedForANonce(
          apps.exchange(apps.grants.nativeCode(), apps.proof().claim("nonce", nonce).signed()));
    }
  }

  @Test
  void t40_aBadProofUsesUpNothing() {
    var code = apps.grants.nativeCode();
    var proof = apps.proof().claim("nonce", null);
    apps.local.calls().reset();

    assertAskedForANonce(apps.exchange(code, proof.signed()));

    assertThat(apps.local.calls().writes()).isZero();
    assertThat(apps.exchange(code, proof.claim("nonce", apps.nonce()).signed()).status())
        .isEqualTo(200);
  }

  @Test
  void t40_theTimeOfAProofMayBeAMinuteOffEitherWay() {
    var now = apps.now().getEpochSecond();
    for (var time : new long[] {now - 60, now + 60}) {
      var proof = apps.proof().claim("iat", time).signed();
      assertThat(apps.exchange(apps.grants.nativeCode(), proof).status()).isEqualTo(200);
    }
    for (var time : new long[] {now - 61, now + 61, 0, Long.MAX_VALUE / 1000}) {
      var answer =
          apps.exchange(apps.grants.nativeCode(), apps.proof().claim("iat", time).signed());
      Grants.assertRefused(answer, 400, "invalid_dpop_proof");
      assertThat(answer.text("error_description")).contains("iat");
    }
  }

  @Test
  void t40_eachAnswerToAProofBringsTheNonceForTheNext() {
    var first = apps.connect();

    var proof = apps.proof().claim("nonce", first.header("dpop-nonce")).signed();
    var second = apps.refresh(first.text("refresh_token"), proof);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.headers()).containsKey("dpop-nonce");
    assertThat(apps.grants.connect(apps.tokens).headers())
        .as("without a proof")
        .doesNotContainKey("dpop-nonce");
  }

  /// The last character of the tag, changed.
  private static String swapped(String nonce) {
    return nonce.substring(0, nonce.length() - 1) + (nonce.endsWith("A") ? "Q" : "A");
  }

  private static void assertUsed(Answer answer) {
    Grants.assertRefused(answer, 400, "invalid_dpop_proof");
    assertThat(answer.text("error_description")).contains("used before");
  }

  private static void assertAskedForANonce(Answer answer) {
    Grants.assertRefused(answer, 400, "use_dpop_nonce");
    assertThat(answer.header("dpop-nonce")).matches("[A-Za-z0-9_-]{28}");
  }
}
