package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.JudgedTokens.KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.NOW;
import static dev.latchkey.sandbox.access.JudgedTokens.STRANGERS_KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.assertRefused;
import static dev.latchkey.sandbox.access.JudgedTokens.claims;
import static dev.latchkey.sandbox.access.JudgedTokens.header;
import static dev.latchkey.sandbox.access.JudgedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What the verifier remembers of tokens that it has seen, and of the grants behind them, and for
/// how long.
class TokenStandingTest {
  private final JudgedTokens tokens = new JudgedTokens();

  @Test
  void asksForTheFamilyOnlyOnceEverythingElseHolds() {
    tokens.verify(token(header(), claims().audience("https://evil.example/fhir")));
    tokens.verify("a.b.c");
    assertThat(tokens.families().reads()).isZero();
  }

  @Test
  void refusesARevokedFamilyAtOnceWithoutCache() {
    var verifier = tokens.verifier(Duration.ZERO);
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    tokens.families().revokedWhile(() -> assertRefused(verifier.verify(token()), "revoked"));
  }

  @Test
  void refusesARevokedFamilyWhenTheCacheEnds() {
    var verifier = tokens.verifier(Duration.ofSeconds(30));
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    tokens
        .families()
        .revokedWhile(
            () -> {
              tokens.at(NOW.plusSeconds(29));
              assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
              assertThat(tokens.families().reads()).isEqualTo(1);
              tokens.at(NOW.plusSeconds(30));
              assertRefused(verifier.verify(token()), "revoked");
            });
  }

  @Test
  void judgesTheTimesOfATokenThatItHasSeenAgain() {
    var token = token(header(), claims().expirationTime(Date.from(NOW.plusSeconds(10))));
    var verifier = tokens.verifier(Duration.ZERO);
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
    tokens.at(NOW.plusSeconds(10));
    assertRefused(verifier.verify(token), "expired");
  }

  @Test
  void takesNoOtherSignatureForOneThatItHasSeen() {
    var token = token();
    var verifier = tokens.verifier(Duration.ZERO);
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
    var parts = token.split("\\.", -1);
    var forged = parts[0] + "." + parts[1] + "." + Base64URL.encode("signed".repeat(40));
    assertRefused(verifier.verify(forged), "signature");
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void refusesATokenThatItHasSeenOnceItsKeyIsNoLongerPublished() {
    var keys = new AtomicReference<>(new JWKSet(KEY.toPublicJWK()));
    var verifier = tokens.verifier(keys::get, Duration.ZERO);
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    keys.set(new JWKSet(STRANGERS_KEY.toPublicJWK()));
    assertRefused(verifier.verify(token()), "signature");
  }

  @Test
  void keepsNoAnswerLongerThanHalfAMinute() {
    assertThatThrownBy(() -> tokens.verifier(Duration.ofSeconds(31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latchkey.family-state-cache");
  }

  @Test
  void neitherAcceptsNorRefusesWhileTheStoreIsDown() {
    tokens
        .families()
        .downWhile(
            () ->
                assertThatThrownBy(() -> tokens.verify(token()))
                    .isInstanceOf(StateUnavailable.class));
  }

  @Test
  void neitherAcceptsNorRefusesWhileTheKeysAreOutOfReach() {
    Supplier<JWKSet> noKeys =
        () -> {
          throw new IllegalStateException("no keys");
        };
    var verifier = tokens.verifier(noKeys, Duration.ZERO);
    assertThatThrownBy(() -> verifier.verify(token())).isInstanceOf(StateUnavailable.class);
  }
}
