package dev.latchkey.endpoint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Access tokens that instances sign all the time, and who verifies them: the instances, and
/// somebody who keeps the key set for an hour.
final class WindowTraffic {
  private static final Duration STEP = Duration.ofMinutes(50).plusSeconds(7);
  private static final Duration LIFE = Duration.ofHours(1);

  private record Token(SignedJWT jwt, Instant end) {}

  private final LocalWiring local;
  private final List<TokenSigner> instances;
  private final List<Token> alive = new ArrayList<>();
  private final Set<String> keys = new TreeSet<>();
  private final Set<String> algorithms = new TreeSet<>();
  private JWKSet copy = new JWKSet();
  private Instant copyEnds = Instant.MIN;
  private int steps;
  private int verified;
  private int failures;

  WindowTraffic(LocalWiring local) {
    this.local = local;
    instances = List.of(local.another().signer(), local.another().signer());
  }

  int verified() {
    return verified;
  }

  int failures() {
    return failures;
  }

  Set<String> keys() {
    return keys;
  }

  Set<String> algorithms() {
    return algorithms;
  }

  void operator(String command) {
    var key = Map.<String, Object>of("command", command, "key", InProcessKms.NEXT_SIGNING_KEY);
    var applied = Map.<String, Object>of("command", command);
    var answer =
        OperatorCall.of(command.startsWith("add") ? key : applied)
            .to(new OperatorFunction(local.another()));
    if (!"done".equals(answer.get("outcome"))) {
      throw new AssertionError(answer);
    }
  }

  void run(Duration length) throws ParseException, JOSEException {
    var end = local.clock().instant().plus(length);
    while (local.clock().instant().isBefore(end)) {
      step();
      local.clock().advance(STEP);
    }
  }

  private void step() throws ParseException, JOSEException {
    var now = local.clock().instant();
    if (!now.isBefore(copyEnds)) {
      copy = JWKSet.parse(Call.get("/jwks").to(new JwksFunction(local.another())).body());
      copyEnds = now.plus(LIFE);
    }
    var signer = instances.get(steps++ % instances.size());
    var jwt = SignedJWT.parse(signer.sign(new JWTClaimsSet.Builder().build(), AccessTokens.TYPE));
    keys.add(jwt.getHeader().getKeyID());
    algorithms.add(jwt.getHeader().getAlgorithm().getName());
    alive.removeIf(token -> !now.isBefore(token.end()));
    alive.add(new Token(jwt, now.plus(LIFE)));
    for (var token : alive) {
      judge(token.jwt(), copy);
      for (var instance : instances) {
        judge(token.jwt(), instance.published());
      }
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return key instanceof ECKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier(key.toRSAKey());
  }

  /// A signature that was right once is right for ever; whether its key is known is not.
  private void judge(SignedJWT jwt, JWKSet published) throws JOSEException {
    var key = published.getKeyByKeyId(jwt.getHeader().getKeyID());
    var isGood =
        key != null && (jwt.getState() == JWSObject.State.VERIFIED || jwt.verify(verifier(key)));
    verified += isGood ? 1 : 0;
    failures += isGood ? 0 : 1;
  }
}
