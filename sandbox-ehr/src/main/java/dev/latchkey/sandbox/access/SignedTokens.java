package dev.latchkey.sandbox.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.signing.KeySignature;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells the access tokens that this authorization server has signed from everything else (RFC 8725
/// section 3).
///
/// An app sends one token many times. What was read from it is kept under its hash for half a
/// minute, and holds as long as the key that signed it is published.
final class SignedTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final Supplier<JWKSet> published;
  private final Recent<SecretHash, Reading.Signed> recent;

  SignedTokens(Supplier<JWKSet> published, InstantSource clock) {
    this.published = published;
    this.recent = new Recent<>(FamilyStates.LONGEST, clock);
  }

  /// What a text turned out to be.
  sealed interface Reading {
    /// An access token with our signature; what it says is not judged.
    record Signed(JWTClaimsSet claims, JWK key) implements Reading {}

    /// Anything else.
    ///
    /// @param reason for the app's developer
    record NotSigned(String reason) implements Reading {}
  }

  /// @throws StateUnavailable when the keys cannot be read
  /// @throws ParseException for what is no JWT
  Reading read(String compact) throws ParseException {
    var hash = SecretHash.of(compact);
    var kept = recent.find(hash).filter(one -> one.key.equals(key(one.key.getKeyID())));
    if (kept.isPresent()) {
      return kept.get();
    }
    var reading = read(SignedJWT.parse(compact));
    if (reading instanceof Reading.Signed signed) {
      recent.keep(hash, signed);
    }
    return reading;
  }

  /// Nothing in the claims is believed before the signature holds.
  private Reading read(SignedJWT jwt) throws ParseException {
    var header = jwt.getHeader();
    var claims = jwt.getJWTClaimsSet();
    if (claims == null) {
      throw new ParseException("No claims", 0);
    }
    // RFC 8725 section 3.1: the key fixes the algorithm, the token does not choose it.
    if (!ALGORITHMS.contains(header.getAlgorithm())) {
      return new Reading.NotSigned("The access token is not signed with RS256 or ES256");
    }
    // RFC 9068 section 4: an id token or an assertion is signed with the same key and is no access
    // token.
    var type = header.getType() == null ? "" : header.getType().getType().toLowerCase(Locale.ROOT);
    if (!type.equals("at+jwt") && !type.equals("application/at+jwt")) {
      return new Reading.NotSigned("This is not an access token");
    }
    if (header.getCriticalParams() != null) {
      return new Reading.NotSigned(
          "The access token asks for an extension that is not understood here");
    }
    return Optional.ofNullable(key(header.getKeyID()))
        .filter(key -> KeySignature.holds(jwt, key))
        .<Reading>map(key -> new Reading.Signed(claims, key))
        .orElseGet(() -> new Reading.NotSigned("The signature of the access token is not valid"));
  }

  /// Of our own keys: the token only picks one, and the header members that name keys elsewhere
  /// (`jku`, `jwk`, `x5u`, `x5c`) are never read.
  private @Nullable JWK key(@Nullable String kid) {
    return kid == null ? null : keys().getKeyByKeyId(kid);
  }

  private JWKSet keys() {
    try {
      return published.get();
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }
}
