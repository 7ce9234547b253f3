package dev.latchkey.aws;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.policy.SigningKeyPolicy;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;

/// A key pair that signs access tokens for one day of UTC.
///
/// What is published of it is certified by the key that never leaves KMS, so that whoever can only
/// write to the table cannot have a key of their own published.
///
/// @param day on which it signs
/// @param publicKey named by its thumbprint
/// @param publishedAt when it was made
/// @param certifier the `kid` of the key that certified it
/// @param wrapped the private half, wrapped by KMS for that day
record WindowKey(
    LocalDate day, ECKey publicKey, Instant publishedAt, String certifier, byte[] wrapped) {
  /// No other token of ours has this type, so none passes for a certificate (RFC 8725 section
  /// 3.11).
  static final JOSEObjectType CERTIFICATE = new JOSEObjectType("window-key+jwt");

  private static final Duration DAY = Duration.ofDays(1);

  /// Whether it signs at this moment. Each instance reads it at some time within
  /// [SigningKeyPolicy#SCHEDULE_AGE], and only then publishes it.
  boolean signsAt(Instant now) {
    var known =
        publishedAt.plus(SigningKeyPolicy.PUBLISHED_FIRST).plus(SigningKeyPolicy.SCHEDULE_AGE);
    return day.equals(dayOf(now)) && !now.isBefore(known);
  }

  /// Whether a token that it signed may still be alive, or will be.
  boolean isPublishedAt(Instant now) {
    return now.isBefore(removedAt(day));
  }

  static Instant removedAt(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plus(DAY)
        .plus(SigningKeyPolicy.RETIRED_FOR);
  }

  static LocalDate dayOf(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /// What is certified.
  static JWTClaimsSet claims(LocalDate day, ECKey publicKey, Instant publishedAt) {
    return new JWTClaimsSet.Builder()
        .claim("day", day.toString())
        .issueTime(Date.from(publishedAt))
        .claim("jwk", publicKey.toJSONObject())
        .build();
  }

  /// @throws ParseException when the claims are not those of [#claims]
  static WindowKey of(JWTClaimsSet claims, String certifier, byte[] wrapped) throws ParseException {
    return new WindowKey(
        LocalDate.parse(claims.getStringClaim("day")),
        ECKey.parse(claims.getJSONObjectClaim("jwk")),
        claims.getIssueTime().toInstant(),
        certifier,
        wrapped);
  }

  /// Ties the wrapped half to its use and to its day.
  static Map<String, String> context(LocalDate day) {
    return Map.of("use", "window", "day", day.toString());
  }
}
