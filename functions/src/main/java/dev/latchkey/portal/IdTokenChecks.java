package dev.latchkey.portal;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.latchkey.client.KeySets;
import dev.latchkey.client.PublishedKeySets;
import dev.latchkey.signing.KeySignature;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an id token of the portal may be believed (OpenID Connect Core section 3.1.3.7).
record IdTokenChecks(PortalSettings settings, PublishedKeySets keySets) {
  /// How far the portal's clock may be off.
  static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST_AGO = Duration.ofMinutes(10);
  private static final int LONGEST = 16_384;
  private static final int LONGEST_SUBJECT = 255;

  /// What came of it.
  sealed interface Outcome {
    record Believed(JWTClaimsSet claims) implements Outcome {}

    /// It must not be believed.
    ///
    /// @param problem for operators, without anything of the token
    record Wrong(String problem) implements Outcome {}

    /// The portal's keys cannot be read now.
    record KeysUnreadable() implements Outcome {}
  }

  /// An id token and what it has to fit.
  ///
  /// @param accessToken that came with it; null for none
  record Presented(
      String idToken, @Nullable String accessToken, String nonce, String jwksUri, Instant now) {
    @Override
    public String toString() {
      return "Presented[redacted]";
    }
  }

  private record Asked(
      PortalSettings settings, Presented presented, SignedJWT jwt, JWTClaimsSet claims) {
    long now() {
      return presented.now().getEpochSecond();
    }
  }

  private record Check(String problem, Holds holds) {
    private interface Holds {
      boolean test(Asked asked);
    }
  }

  /// The algorithm is ours to choose from (RFC 8725 section 3.1).
  private static final List<Check> BEFORE_THE_SIGNATURE =
      List.of(
          new Check(
              "alg is not one of ours",
              asked ->
                  KeySignature.ALGORITHMS.contains(
                      asked.jwt().getHeader().getAlgorithm().getName())),
          new Check("typ is not JWT", asked -> hasType(asked.jwt())),
          new Check("kid is missing", asked -> asked.jwt().getHeader().getKeyID() != null),
          new Check(
              "crit is not understood",
              asked -> asked.jwt().getHeader().getCriticalParams() == null));

  /// In this order, once the signature holds.
  private static final List<Check> AFTER_THE_SIGNATURE =
      List.of(
          new Check(
              "iss is another",
              asked -> asked.settings().issuer().equals(asked.claims().getIssuer())),
          new Check(
              "aud is not this server alone",
              asked -> asked.claims().getAudience().equals(List.of(asked.settings().clientId()))),
          new Check("azp is another", IdTokenChecks::isForUs),
          new Check("exp is past or missing", IdTokenChecks::isNotExpired),
          new Check("iat is not of now", IdTokenChecks::isOfNow),
          new Check(
              "nonce is another",
              asked -> asked.presented().nonce().equals(asked.claims().getClaim("nonce"))),
          new Check("at_hash is of another access token", IdTokenChecks::fitsTheAccessToken),
          new Check("sub is missing or too long", IdTokenChecks::hasSubject));

  Outcome check(Presented presented) {
    return parsed(presented)
        .map(asked -> first(BEFORE_THE_SIGNATURE, asked).orElseGet(() -> signed(asked)))
        .orElseGet(() -> new Outcome.Wrong("it is no signed JWT"));
  }

  private Outcome signed(Asked asked) {
    var header = asked.jwt().getHeader();
    return switch (keySets.find(asked.presented().jwksUri(), header.getKeyID(), () -> {})) {
      case KeySets.Found.Unreadable() -> new Outcome.KeysUnreadable();
      case KeySets.Found.Keys(var found) -> {
        var fitting =
            found.stream().filter(key -> KeySignature.fits(key, header.getAlgorithm())).toList();
        yield fitting.size() == 1 && KeySignature.holds(asked.jwt(), fitting.getFirst())
            ? first(AFTER_THE_SIGNATURE, asked)
                .orElseGet(() -> new Outcome.Believed(asked.claims()))
            : new Outcome.Wrong("the signature does not hold");
      }
    };
  }

  private Optional<Asked> parsed(Presented presented) {
    if (presented.idToken().length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var jwt = SignedJWT.parse(presented.idToken());
      return Optional.ofNullable(jwt.getJWTClaimsSet())
          .map(claims -> new Asked(settings, presented, jwt, claims));
    } catch (ParseException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Outcome> first(List<Check> checks, Asked asked) {
    return checks.stream()
        .filter(check -> !check.holds().test(asked))
        .<Outcome>map(check -> new Outcome.Wrong(check.problem()))
        .findFirst();
  }

  private static boolean hasType(SignedJWT jwt) {
    var type = jwt.getHeader().getType();
    return type == null || type.equals(JOSEObjectType.JWT);
  }

  private static boolean isForUs(Asked asked) {
    var azp = asked.claims().getClaim("azp");
    return azp == null || azp.equals(asked.settings().clientId());
  }

  private static boolean isNotExpired(Asked asked) {
    var end = asked.claims().getExpirationTime();
    return end != null && asked.now() < end.toInstant().plus(CLOCK_DIFFERENCE).getEpochSecond();
  }

  private static boolean isOfNow(Asked asked) {
    var issued = asked.claims().getIssueTime();
    if (issued == null) {
      return false;
    }
    var ago = asked.now() - issued.toInstant().getEpochSecond();
    return ago >= -CLOCK_DIFFERENCE.toSeconds()
        && ago <= LONGEST_AGO.plus(CLOCK_DIFFERENCE).toSeconds();
  }

  private static boolean fitsTheAccessToken(Asked asked) {
    var claimed = asked.claims().getClaim("at_hash");
    var accessToken = asked.presented().accessToken();
    if (claimed == null) {
      return true;
    }
    return accessToken != null
        && claimed.equals(hash(accessToken, asked.jwt().getHeader().getAlgorithm()));
  }

  private static String hash(String accessToken, JWSAlgorithm algorithm) {
    var token = new BearerAccessToken(accessToken);
    return Objects.requireNonNull(AccessTokenHash.compute(token, algorithm, null)).getValue();
  }

  private static boolean hasSubject(Asked asked) {
    var subject = asked.claims().getSubject();
    return subject != null && !subject.isEmpty() && subject.length() <= LONGEST_SUBJECT;
  }
}
