package dev.latchkey.sandbox.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.access.AccessToken.Holder;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.ServiceTokens;
import dev.latchkey.token.TokenType;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks access tokens (RFC 9068 section 4, hardened by RFC 8725).
///
/// The algorithm and the keys are ours alone: `kid` only picks one of the published keys, and the
/// header members that name keys elsewhere (`jku`, `jwk`, `x5u`, `x5c`) are never read.
public final class TokenVerifier {
  private static final String REVOKED = "The access token was revoked";

  /// A token much longer than 4 kB is none of ours.
  private static final int LONGEST = 8_192;

  /// How far our own nodes' clocks may be apart. The end of a token gets no such allowance.
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  private final ServerIdentity identity;
  private final Supplier<JWKSet> published;
  private final FamilyStates families;
  private final UserPatients patients;
  private final ServiceStanding services;
  private final InstantSource clock;

  /// In this order: nothing in the claims is believed before the signature holds, and the store is
  /// asked last, so that forged tokens cost nothing.
  private final List<Check> checks =
      List.of(
          this::algorithm,
          this::type,
          this::signature,
          this::issuer,
          this::audience,
          this::times,
          this::client);

  /// A verifier of one authorization server's tokens.
  ///
  /// @param cache how long a grant's state may be reused, see [FamilyStates]
  public TokenVerifier(TokenAuthority authority, Duration cache) {
    this.identity = authority.identity();
    this.published = authority.published();
    this.families = new FamilyStates(authority.standing(), cache, authority.clock());
    this.patients = new UserPatients(authority.users(), cache, authority.clock());
    this.services = authority.services();
    this.clock = authority.clock();
  }

  /// One check: empty when it holds, else what is wrong.
  @FunctionalInterface
  private interface Check {
    Optional<String> problem(SignedJWT jwt, JWTClaimsSet claims) throws ParseException;
  }

  /// Judges a compact JWS.
  ///
  /// @throws StateUnavailable when keys or families cannot be read
  public Verdict verify(String compact) {
    if (compact.length() > LONGEST) {
      return new Verdict.Refused("The access token is too long to be one of this server");
    }
    try {
      var jwt = SignedJWT.parse(compact);
      var claims = jwt.getJWTClaimsSet();
      if (claims == null) {
        return malformed();
      }
      for (var check : checks) {
        var problem = check.problem(jwt, claims);
        if (problem.isPresent()) {
          return new Verdict.Refused(problem.get());
        }
      }
      return standing(claims);
    } catch (ParseException | IllegalArgumentException unreadable) {
      return malformed();
    }
  }

  private static Verdict malformed() {
    return new Verdict.Refused("The access token is malformed");
  }

  /// RFC 8725 section 3.1: the verifier fixes the algorithm, the token does not choose it.
  private Optional<String> algorithm(SignedJWT jwt, JWTClaimsSet claims) {
    return unless(
        JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm()),
        "The access token is not signed with RS256");
  }

  /// RFC 9068 section 4: an id token or an assertion is signed with the same key and is no access
  /// token.
  private Optional<String> type(SignedJWT jwt, JWTClaimsSet claims) {
    var type = jwt.getHeader().getType();
    var name = type == null ? "" : type.getType().toLowerCase(Locale.ROOT);
    return unless(
        name.equals("at+jwt") || name.equals("application/at+jwt"), "This is not an access token");
  }

  private Optional<String> signature(SignedJWT jwt, JWTClaimsSet claims) {
    if (jwt.getHeader().getCriticalParams() != null) {
      return Optional.of("The access token asks for an extension that is not understood here");
    }
    var key = key(jwt.getHeader().getKeyID());
    return unless(
        key.isPresent() && holds(jwt, key.get()), "The signature of the access token is not valid");
  }

  private Optional<RSAKey> key(@Nullable String kid) {
    return kid != null && keys().getKeyByKeyId(kid) instanceof RSAKey key
        ? Optional.of(key)
        : Optional.empty();
  }

  private JWKSet keys() {
    try {
      return published.get();
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }

  private static boolean holds(SignedJWT jwt, RSAKey key) {
    try {
      JWSVerifier verifier = new RSASSAVerifier(key);
      return jwt.verify(verifier);
    } catch (JOSEException notVerifiable) {
      return false;
    }
  }

  private Optional<String> issuer(SignedJWT jwt, JWTClaimsSet claims) {
    return unless(
        identity.issuer().equals(claims.getIssuer()), "The access token is from another issuer");
  }

  /// RFC 9068 section 4: this FHIR base is the one audience, so a token for a neighbour does not
  /// work here.
  private Optional<String> audience(SignedJWT jwt, JWTClaimsSet claims) {
    return unless(
        List.of(identity.fhirBase()).equals(claims.getAudience()),
        "The access token is for another server");
  }

  private Optional<String> times(SignedJWT jwt, JWTClaimsSet claims) {
    var now = clock.instant();
    var end = claims.getExpirationTime();
    if (end == null || !now.isBefore(end.toInstant())) {
      return Optional.of("The access token has expired");
    }
    var latestStart = now.plus(CLOCK_DIFFERENCE);
    var started =
        claims.getIssueTime() != null
            && isNotAfter(claims.getIssueTime(), latestStart)
            && (claims.getNotBeforeTime() == null
                || isNotAfter(claims.getNotBeforeTime(), latestStart));
    return unless(started, "The access token is not valid yet");
  }

  private static boolean isNotAfter(Date time, Instant latest) {
    return !time.toInstant().isAfter(latest);
  }

  private Optional<String> client(SignedJWT jwt, JWTClaimsSet claims) throws ParseException {
    return unless(
        claims.getStringClaim("client_id") != null
            && (claims.getStringClaim("sid") != null || ServiceTokens.owner(claims).isPresent()),
        "The access token names no app or no grant");
  }

  /// The grant, or the backend service itself, may have been taken back since the token was made.
  private Verdict standing(JWTClaimsSet claims) throws ParseException {
    var service = ServiceTokens.owner(claims);
    if (service.isPresent()) {
      return isStanding(service.get(), claims)
          ? new Verdict.Accepted(accepted(claims, Holder.SERVICE, null))
          : new Verdict.Refused(REVOKED);
    }
    // Who the user is comes from the grant, also where the app was not granted to know it.
    var grant = grant(claims);
    return grant.isPresent()
        ? new Verdict.Accepted(
            accepted(claims, Holder.USER, AccessToken.self(grant.get().fhirUser())))
        : new Verdict.Refused(REVOKED);
  }

  /// Asked each time: a service has few tokens, which live for minutes.
  private boolean isStanding(ClientId service, JWTClaimsSet claims) {
    try {
      return services
          .of(
              service,
              String.valueOf(claims.getJWTID()),
              claims.getIssueTime().toInstant().getEpochSecond(),
              clock.instant().getEpochSecond())
          .isPresent();
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }

  private Optional<FamilyGrant> grant(JWTClaimsSet claims) throws ParseException {
    var client = claims.getStringClaim("client_id");
    return families
        .active(new FamilyId(claims.getStringClaim("sid")))
        .filter(found -> found.family().client().value().equals(client))
        .map(Holding::grant);
  }

  private static Optional<String> unless(boolean holds, String problem) {
    return holds ? Optional.empty() : Optional.of(problem);
  }

  private AccessToken accepted(JWTClaimsSet claims, Holder holder, @Nullable String self)
      throws ParseException {
    var scope = claims.getStringClaim("scope");
    var scopes = ScopeSet.parse(scope == null ? "" : scope);
    return new AccessToken(
        holder,
        TokenType.of(AccessTokens.key(claims)),
        claims.getStringClaim("client_id"),
        scopes,
        claims.getStringClaim("patient"),
        relative(claims.getStringClaim("fhirUser")),
        holder == Holder.USER ? patients(claims, scopes) : Set.of(),
        self);
  }

  /// Asked only where a scope is about them.
  private Set<String> patients(JWTClaimsSet claims, ScopeSet scopes) {
    var subject = claims.getSubject();
    return subject != null && scopes.of(ScopeContext.USER).findAny().isPresent()
        ? patients.of(subject)
        : Set.of();
  }

  /// `https://here/fhir/Patient/ana` and `Patient/ana` name the same user.
  private @Nullable String relative(@Nullable String fhirUser) {
    var base = identity.fhirBase() + "/";
    return fhirUser != null && fhirUser.startsWith(base)
        ? fhirUser.substring(base.length())
        : fhirUser;
  }
}
