package dev.latchkey.client;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks client assertions: `private_key_jwt` (RFC 7523 section 3, SMART 2.2 asymmetric clients,
/// hardened by RFC 8725).
public record ClientAssertions(
    ServerIdentity identity, AssertionKeys keys, UsedIdentifiers used, Entropy entropy) {

  /// SMART 2.2: an assertion lives for five minutes at most.
  static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  /// How far the client's clock may be off.
  static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  private static final int LONGEST_JTI = 256;

  /// @param endpoint the URL that was called
  private record Asked(ClientAssertion assertion, Client client, String endpoint, Instant now) {
    JWSHeader header() {
      return assertion.jwt().getHeader();
    }

    JWTClaimsSet claims() {
      return assertion.claims();
    }
  }

  /// One check: empty when it holds, else what is wrong.
  private record Check(String problem, Holds holds) {
    private interface Holds {
      boolean test(ClientAssertions assertions, Asked asked);
    }
  }

  /// In this order: what costs nothing first, then the signature, and the one write at the very
  /// end, so that forged assertions cost no write and use up nobody's `jti`.
  private static final List<Check> CHECKS =
      List.of(
          new Check(
              "The assertion is signed with an algorithm that this app is not registered for.",
              (_, asked) ->
                  asked
                      .client()
                      .credentials()
                      .algorithms()
                      .contains(asked.header().getAlgorithm().getName())),
          new Check("The typ of the assertion has to be JWT.", (_, asked) -> hasType(asked)),
          new Check(
              "The assertion has no kid.",
              (_, asked) -> !text(asked.header().getKeyID()).isEmpty()),
          new Check(
              "The assertion asks for an extension that is not understood here.",
              (_, asked) -> asked.header().getCriticalParams() == null),
          // A key set of the caller's choice would prove nothing. It is never fetched.
          new Check(
              "The jku of the assertion is not the registered jwks_uri.",
              (_, asked) ->
                  asked.header().getJWKURL() == null
                      || asked
                          .header()
                          .getJWKURL()
                          .toString()
                          .equals(asked.client().credentials().keys().jwksUri())),
          new Check(
              "The iss of the assertion has to be the client_id, as its sub is.",
              (_, asked) -> asked.client().id().value().equals(asked.claims().getIssuer())),
          new Check(
              "The aud of the assertion has to be one string: the issuer, or the URL of the token"
                  + " endpoint or of this one.",
              ClientAssertions::isForUs),
          new Check(
              "The assertion has no exp.",
              (_, asked) -> asked.claims().getExpirationTime() != null),
          new Check(
              "The assertion has expired.",
              (_, asked) -> asked.now().isBefore(refusedFrom(asked.claims()))),
          new Check(
              "The assertion lives longer than five minutes.",
              (_, asked) ->
                  !asked
                      .claims()
                      .getExpirationTime()
                      .toInstant()
                      .isAfter(asked.now().plus(LONGEST_LIFE).plus(CLOCK_DIFFERENCE))),
          new Check(
              "The assertion is from the future. Check the clock.",
              (_, asked) ->
                  hasBegun(asked.claims().getIssueTime(), asked.now())
                      && hasBegun(asked.claims().getNotBeforeTime(), asked.now())),
          new Check(
              "The assertion needs a jti of at most 256 characters.",
              (_, asked) -> {
                var jti = text(asked.claims().getJWTID());
                return !jti.isEmpty() && jti.length() <= LONGEST_JTI;
              }));

  /// Whether the assertion proves that it was made by this client, now, for us, and was not used
  /// before. What is wrong is the caller's own business, so the answer says it.
  ///
  /// @param path of the endpoint that was called
  Outcome<Client> prove(ClientAssertion assertion, Client client, String path, Instant now) {
    var asked = new Asked(assertion, client, identity.url(path), now);
    var failed = CHECKS.stream().filter(check -> !check.holds().test(this, asked)).findFirst();
    if (failed.isPresent()) {
      return refused(failed.get().problem());
    }
    return keys.verify(assertion.jwt(), client)
        .map(ClientAssertions::<Client>refused)
        .orElseGet(
            () ->
                isFirstUse(asked)
                    ? Outcome.success(client)
                    : refused("The assertion was used before. Make one for each request."));
  }

  /// RFC 7515 section 4.1.9. Most libraries leave it out; one that says something else, such as a
  /// DPoP proof, is no assertion (RFC 8725 section 3.11).
  private static boolean hasType(Asked asked) {
    var type = asked.header().getType();
    return type == null || type.getType().equalsIgnoreCase("JWT");
  }

  /// SMART 2.2 asks for the token URL; some libraries name the endpoint that they call. One string
  /// and no list: an assertion for two servers can be used by one of them at the other
  /// (draft-ietf-oauth-rfc7523bis).
  private boolean isForUs(Asked asked) {
    var audience = asked.claims().getAudience();
    var good =
        asked.client().credentials().issuerAudienceOnly()
            ? List.of(identity.issuer())
            : List.of(identity.issuer(), identity.url("/token"), asked.endpoint());
    return audience.size() == 1 && good.contains(audience.getFirst());
  }

  private static Instant refusedFrom(JWTClaimsSet claims) {
    return claims.getExpirationTime().toInstant().plus(CLOCK_DIFFERENCE);
  }

  private static boolean hasBegun(@Nullable Date time, Instant now) {
    return time == null || !time.toInstant().isAfter(now.plus(CLOCK_DIFFERENCE));
  }

  /// Kept as long as the assertion could be sent again.
  private boolean isFirstUse(Asked asked) {
    var identifier = "assertion\n" + asked.client().id() + "\n" + asked.claims().getJWTID();
    return used.use(
        SecretHash.of(identifier),
        entropy.value(),
        refusedFrom(asked.claims()).getEpochSecond(),
        asked.now());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static <T> Outcome<T> refused(String problem) {
    return Outcome.refused(OAuthFailure.invalidClient(problem));
  }
}
