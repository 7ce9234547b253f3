package dev.latchkey.sandbox.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.access.AccessToken.Holder;
import dev.latchkey.sandbox.access.SignedTokens.Reading;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks access tokens (RFC 9068 section 4, hardened by RFC 8725): nothing in the claims is
/// believed before [SignedTokens] finds the signature of a key of ours.
public final class TokenVerifier {
  private static final String REVOKED = "The access token was revoked";

  /// A token much longer than 4 kB is none of ours.
  private static final int LONGEST = 8_192;

  /// How far our own nodes' clocks may be apart. The end of a token gets no such allowance.
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  private final ServerIdentity identity;
  private final SignedTokens signed;
  private final FamilyStates families;
  private final UserPatients patients;
  private final ServiceStanding services;
  private final InstantSource clock;

  /// Once the signature holds, in this order: the store is asked last, so that tokens for others
  /// cost nothing.
  private final List<Check> checks =
      List.of(this::issuer, this::audience, this::client, this::times);

  /// A verifier of one authorization server's tokens.
  ///
  /// @param cache how long a grant's state may be reused, see [FamilyStates]
  public TokenVerifier(TokenAuthority authority, Duration cache) {
    this.identity = authority.identity();
    this.signed = new SignedTokens(authority.published(), authority.clock());
    this.families = new FamilyStates(authority.standing(), cache, authority.clock());
    this.patients = new UserPatients(authority.users(), cache, authority.clock());
    this.services = authority.services();
    this.clock = authority.clock();
  }

  /// One check: empty when it holds, else what is wrong.
  @FunctionalInterface
  private interface Check {
    Optional<Verdict.Refused> problem(JWTClaimsSet claims) throws ParseException;
  }

  /// Judges a compact JWS.
  ///
  /// @throws StateUnavailable when keys or families cannot be read
  public Verdict verify(String compact) {
    if (compact.length() > LONGEST) {
      return new Verdict.Refused("The access token is too long to be one of this server");
    }
    try {
      return switch (signed.read(compact)) {
        case Reading.NotSigned(var reason) -> new Verdict.Refused(reason);
        case Reading.Signed(var claims, _) -> judge(claims);
      };
    } catch (ParseException | IllegalArgumentException unreadable) {
      return malformed();
    }
  }

  private Verdict judge(JWTClaimsSet claims) throws ParseException {
    for (var check : checks) {
      var problem = check.problem(claims);
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return standing(claims);
  }

  /// Refuses a token that this server made for here, and says whom it names.
  private Verdict.Refused ofOurs(String reason, JWTClaimsSet claims) throws ParseException {
    return new Verdict.Refused(
        reason,
        Optional.of(
            new Verdict.Named(
                claims.getStringClaim("client_id"),
                Optional.ofNullable(claims.getStringClaim("patient")),
                Optional.ofNullable(relative(claims.getStringClaim("fhirUser"))))));
  }

  private static Verdict malformed() {
    return new Verdict.Refused("The access token is malformed");
  }

  private Optional<Verdict.Refused> issuer(JWTClaimsSet claims) {
    return unless(
        identity.issuer().equals(claims.getIssuer()), "The access token is from another issuer");
  }

  /// RFC 9068 section 4: this FHIR base is the one audience, so a token for a neighbour does not
  /// work here.
  private Optional<Verdict.Refused> audience(JWTClaimsSet claims) {
    return unless(
        List.of(identity.fhirBase()).equals(claims.getAudience()),
        "The access token is for another server");
  }

  private Optional<Verdict.Refused> times(JWTClaimsSet claims) throws ParseException {
    var now = clock.instant();
    var end = claims.getExpirationTime();
    if (end == null || !now.isBefore(end.toInstant())) {
      return Optional.of(ofOurs("The access token has expired", claims));
    }
    var latestStart = now.plus(CLOCK_DIFFERENCE);
    var started =
        claims.getIssueTime() != null
            && isNotAfter(claims.getIssueTime(), latestStart)
            && (claims.getNotBeforeTime() == null
                || isNotAfter(claims.getNotBeforeTime(), latestStart));
    return started
        ? Optional.empty()
        : Optional.of(ofOurs("The access token is not valid yet", claims));
  }

  private static boolean isNotAfter(Date time, Instant latest) {
    return !time.toInstant().isAfter(latest);
  }

  private Optional<Verdict.Refused> client(JWTClaimsSet claims) throws ParseException {
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
          ? new Verdict.Accepted(accepted(claims, Holder.SERVICE, null), claims)
          : ofOurs(REVOKED, claims);
    }
    // Who the user is comes from the grant, also where the app was not granted to know it.
    var grant = grant(claims);
    return grant.isPresent()
        ? new Verdict.Accepted(
            accepted(claims, Holder.USER, AccessToken.self(grant.get().fhirUser())), claims)
        : ofOurs(REVOKED, claims);
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

  private static Optional<Verdict.Refused> unless(boolean holds, String problem) {
    return holds ? Optional.empty() : Optional.of(new Verdict.Refused(problem));
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
