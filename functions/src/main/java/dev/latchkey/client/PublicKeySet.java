package dev.latchkey.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.http.Json;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a key set of a stranger is one that assertions can be verified with: few, public, long
/// enough, and told apart by their `kid` (RFC 7517, RFC 8725 section 3.5, SMART 2.2 asymmetric
/// clients).
public final class PublicKeySet {
  public static final int MOST_KEYS = 20;

  private static final int SHORTEST_RSA = 2048;

  /// Verifying with a longer one costs more than it brings.
  private static final int LONGEST_RSA = 8192;

  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384);

  /// RFC 7518 sections 6.2.2, 6.3.2 and 6.4.
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private PublicKeySet() {}

  /// What is wrong with it, in one plain sentence; empty when nothing is.
  ///
  /// @param jwks a JSON object
  public static Optional<String> problem(Map<String, Object> jwks) {
    if (!(jwks.get("keys") instanceof List<?> entries)
        || entries.isEmpty()
        || entries.size() > MOST_KEYS) {
      return Optional.of("The key set needs a list keys of 1 to %d keys.".formatted(MOST_KEYS));
    }
    if (entries.stream().anyMatch(PublicKeySet::isPrivate)) {
      return Optional.of("The key set holds a private or shared key. Send public keys only.");
    }
    try {
      var keys = JWKSet.parse(jwks).getKeys();
      return keys.size() == entries.size()
          ? problem(keys)
          : Optional.of("The key set holds a key of a type that is not known here.");
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      return Optional.of("The key set holds something that is no public key.");
    }
  }

  /// The key set as text, as [ClientKeys#inline] keeps it.
  public static String text(Map<String, Object> jwks) {
    return Json.write(jwks);
  }

  private static Optional<String> problem(List<JWK> keys) {
    if (!keys.stream().allMatch(PublicKeySet::isLongEnough)) {
      return Optional.of("Each key is an RSA key of 2048 to 8192 bits, or on P-256 or P-384.");
    }
    var ids = keys.stream().map(JWK::getKeyID).filter(id -> id != null).collect(Collectors.toSet());
    return ids.size() == keys.size()
        ? Optional.empty()
        : Optional.of("Each key needs a kid of its own.");
  }

  private static boolean isPrivate(Object entry) {
    return entry instanceof Map<?, ?> key && PRIVATE.stream().anyMatch(key::containsKey);
  }

  private static boolean isLongEnough(JWK key) {
    return switch (key) {
      case RSAKey rsa -> rsa.size() >= SHORTEST_RSA && rsa.size() <= LONGEST_RSA;
      case ECKey ec -> CURVES.contains(ec.getCurve());
      default -> false;
    };
  }
}
