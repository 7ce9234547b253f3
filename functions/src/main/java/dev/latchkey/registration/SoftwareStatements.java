package dev.latchkey.registration;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.ServerIdentity;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Reads software statements (RFC 7591 section 2.3): JWTs in which somebody whom operators trust
/// says what an app is.
record SoftwareStatements(RegistrationPolicy policy, ServerIdentity identity) {
  static final String MEMBER = "software_statement";

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final Duration SKEW = Duration.ofSeconds(60);

  /// What is asked for, once a statement had its say.
  ///
  /// @param members the metadata; where both speak, the statement's
  record Asked(Map<String, Object> members, Allowance allowance) {}

  /// Reads the statement in the metadata, if there is one, which wins over what stands beside it.
  ///
  /// @param allowance what may be registered without it
  Outcome<Asked> read(Map<String, Object> members, Allowance allowance, Instant now) {
    var statement = members.get(MEMBER);
    if (statement == null) {
      return policy.mode() == RegistrationMode.STATEMENT && allowance.scopes().isEmpty()
          ? Outcome.refused(
              RegistrationFailures.statement("Send a software_statement or an access token."))
          : Outcome.success(new Asked(members, allowance));
    }
    try {
      return read(SignedJWT.parse(String.valueOf(statement)), members, allowance, now);
    } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
      return invalid("The software statement is no signed JWT.");
    }
  }

  private Outcome<Asked> read(
      SignedJWT statement, Map<String, Object> members, Allowance allowance, Instant now)
      throws ParseException, JOSEException {
    var claims = statement.getJWTClaimsSet();
    var issuer =
        policy.issuers().stream()
            .filter(one -> one.issuer().equals(claims.getIssuer()))
            .findFirst();
    if (issuer.isEmpty()) {
      return Outcome.refused(
          RegistrationFailures.unapproved(
              "The issuer of the software statement is not one that is trusted here."));
    }
    if (!isSignedBy(issuer.get(), statement)) {
      return invalid("The signature of the software statement does not hold.");
    }
    if (!isCurrent(claims, now)) {
      return invalid("The software statement is expired, not valid yet, or valid for too long.");
    }
    if (!claims.getAudience().isEmpty() && !claims.getAudience().contains(identity.issuer())) {
      return invalid("The software statement is for another server.");
    }
    if (!(claims.getClaim("software_id") instanceof String)) {
      return invalid("The software statement names no software_id.");
    }
    var merged = new LinkedHashMap<>(members);
    merged.putAll(statement.getPayload().toJSONObject());
    return Outcome.success(new Asked(merged, allowance.or(issuer.get().allowance())));
  }

  /// The algorithm and the key are ours to choose from; what the header says beside its `kid` is
  /// not looked at (RFC 8725 sections 3.1 and 3.10).
  private static boolean isSignedBy(StatementIssuer issuer, SignedJWT statement)
      throws JOSEException {
    var header = statement.getHeader();
    var key = header.getKeyID() == null ? null : issuer.keys().getKeyByKeyId(header.getKeyID());
    return key != null
        && ALGORITHMS.contains(header.getAlgorithm())
        && statement.verify(verifier(key));
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey ec -> new ECDSAVerifier(ec);
      default -> throw new JOSEException("Statements are not signed with such a key");
    };
  }

  private static boolean isCurrent(JWTClaimsSet claims, Instant now) {
    var end = claims.getExpirationTime();
    var start = claims.getNotBeforeTime();
    return end != null
        && now.isBefore(end.toInstant())
        && !end.toInstant().isAfter(now.plus(LONGEST_LIFE))
        && (start == null || !start.toInstant().isAfter(now.plus(SKEW)));
  }

  private static Outcome<Asked> invalid(String description) {
    return Outcome.refused(RegistrationFailures.statement(description));
  }
}
