package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What verifiers notice of a rotation: tokens are signed all the time by several instances that
/// see the schedule late, and verified for as long as they live by verifiers that keep the key set
/// for as long as its headers allow.
class SigningKeyRotationTest {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Map<String, Object> ADD =
      Map.of("command", "add-signing-key", "key", InProcessKms.NEXT_SIGNING_KEY);
  private static final Map<String, Object> APPLY = Map.of("command", "apply-signing-keys");

  private final LocalWiring local = LocalWiring.start();
  private final OperatorFunction operator = new OperatorFunction(local.another());
  private final List<TokenSigner> instances =
      List.of(local.wiring().signer(), local.another().signer(), local.another().signer());
  private final List<Verifier> verifiers =
      List.of(new Verifier(), new Verifier(), new Verifier(), new Verifier());
  private final List<SignedJWT> alive = new ArrayList<>();
  private final TreeSet<String> keysSeen = new TreeSet<>();
  private int verified;
  private int failures;

  @Test
  void dis14_noVerifierEverNoticesAWholeRotation() throws Exception {
    traffic(Duration.ofHours(2));
    command(ADD);
    traffic(Duration.ofHours(24));
    command(APPLY);
    traffic(Duration.ofHours(3));
    command(APPLY);
    traffic(Duration.ofHours(2));

    assertThat(failures).isZero();
    assertThat(verified).isGreaterThan(4_000);
    assertThat(keysSeen).hasSize(2);
    assertThat(local.wiring().signer().published().getKeys())
        .singleElement()
        .satisfies(
            key -> assertThat(key.getKeyID()).isEqualTo(alive.getLast().getHeader().getKeyID()));
  }

  /// The same traffic notices a key that signs as soon as it is published.
  @Test
  void aKeyThatSignsWithoutWaitingIsNoticed() throws Exception {
    traffic(Duration.ofHours(2));
    put("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY + ",RETIRED=" + InProcessKms.SIGNING_KEY);
    traffic(Duration.ofHours(2));

    assertThat(failures).isPositive();
  }

  /// The same traffic notices a key that goes as soon as another one signs.
  @Test
  void aKeyThatIsRemovedWithoutWaitingIsNoticed() throws Exception {
    command(ADD);
    traffic(Duration.ofHours(24));
    put("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);
    traffic(Duration.ofHours(2));

    assertThat(failures).isPositive();
  }

  /// Dropping a key breaks what its tokens are good for, and only until apps refresh and copies of
  /// the key set end.
  @Test
  void afterAKeyIsDroppedNewTokensAreGoodWhenCopiesHaveEnded() throws Exception {
    command(ADD);
    traffic(Duration.ofHours(2));
    command(Map.of("command", "drop-signing-key", "key", InProcessKms.SIGNING_KEY));
    traffic(Duration.ofHours(2).plusMinutes(2));
    failures = 0;
    traffic(Duration.ofHours(2));

    assertThat(failures).isZero();
    assertThat(alive).extracting(token -> token.getHeader().getKeyID()).containsOnly(nextKeyId());
  }

  /// The wait of docs/operations.md before FHIR servers are restarted.
  @Test
  void twoMinutesAfterADropNobodyWhoKeepsToTheHeadersTakesTheDroppedKey() throws Exception {
    command(ADD);
    traffic(Duration.ofHours(2));
    var forged = token(instances.getFirst());
    for (var verifier : verifiers) {
      assertThat(verifier.accepts(forged)).as("before the drop").isTrue();
    }

    command(Map.of("command", "drop-signing-key", "key", InProcessKms.SIGNING_KEY));
    local.clock().advance(Duration.ofMinutes(2));

    for (var verifier : verifiers) {
      assertThat(verifier.accepts(forged)).as("after the drop").isFalse();
    }
  }

  /// In small steps after a change, when instances know different schedules, and then in larger
  /// ones.
  private void traffic(Duration length) throws Exception {
    var end = local.clock().instant().plus(length);
    for (int step = 0; local.clock().instant().isBefore(end); step++) {
      for (int i = 0; i < instances.size(); i++) {
        if (step < 12 || i == step % instances.size()) {
          alive.add(token(instances.get(i)));
        }
      }
      verify(step);
      var pause = step < 12 ? Duration.ofSeconds(10 + step % 3) : Duration.ofSeconds(899);
      var left = Duration.between(local.clock().instant(), end);
      local.clock().advance(pause.compareTo(left) < 0 ? pause : left);
    }
  }

  private void verify(int step) throws Exception {
    alive.removeIf(token -> !expiry(token).isAfter(local.clock().instant()));
    for (int i = 0; i < verifiers.size(); i++) {
      // They start at different times, so that their copies of the key set are of different age.
      if (step >= i || verifiers.get(i).hasStarted()) {
        for (var token : alive) {
          verified++;
          failures += verifiers.get(i).accepts(token) ? 0 : 1;
        }
      }
    }
  }

  private SignedJWT token(TokenSigner signer) throws ParseException {
    var claims =
        new JWTClaimsSet.Builder()
            .expirationTime(Date.from(local.clock().instant().plus(TOKEN_LIFE)))
            .build();
    var token = SignedJWT.parse(signer.sign(claims, JOSEObjectType.JWT));
    keysSeen.add(token.getHeader().getKeyID());
    return token;
  }

  /// Verifiers ask just before, so that their copies of the key set last as long as they may.
  private void command(Map<String, Object> command) throws Exception {
    verify(0);
    assertThat(OperatorCall.of(command).to(operator)).containsEntry("outcome", "done");
  }

  private void put(String schedule) throws Exception {
    verify(0);
    var store = local.wiring().stores().signingSchedules();
    assertThat(store.replace(store.find(), KeySchedule.parse(schedule))).isTrue();
  }

  private String nextKeyId() {
    return local.wiring().signer().keyId(InProcessKms.NEXT_SIGNING_KEY);
  }

  private static Instant expiry(SignedJWT token) {
    try {
      return token.getJWTClaimsSet().getExpirationTime().toInstant();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads the key set from an instance of its own, keeps it for as long as `cache-control` says
  /// and never asks in between.
  private final class Verifier {
    private final JwksFunction jwks = new JwksFunction(local.another());
    private JWKSet copy = new JWKSet();
    private long end;

    boolean hasStarted() {
      return end > 0;
    }

    boolean accepts(SignedJWT token) throws ParseException, JOSEException {
      if (local.clock().seconds() >= end) {
        var answer = Call.get("/jwks").to(jwks);
        var maxAge = answer.header("cache-control").replaceFirst(".*max-age=", "");
        copy = JWKSet.parse(answer.body());
        end = local.clock().seconds() + Long.parseLong(maxAge);
      }
      var key = copy.getKeyByKeyId(token.getHeader().getKeyID());
      // A signature that was right once is right for ever; whether its key is known is not.
      return key != null
          && (token.getState() == JWSObject.State.VERIFIED
              || token.verify(new RSASSAVerifier(key.toRSAKey())));
    }
  }
}
