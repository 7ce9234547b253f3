package dev.latchkey.sandbox.access;

import dev.latchkey.http.OAuthFailure;
import dev.latchkey.sandbox.audit.Access;
import dev.latchkey.sandbox.audit.AccessLog;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes down that somebody came with an access token that this server made and does not accept:
/// one that has expired, was taken back, or is bound to a key that they did not show.
///
/// Each token once an hour, so that whoever found an old one can neither fill the disk nor push
/// accesses out of the patient's log with it. A request that names nobody who could be believed is
/// not taken down at all.
final class RefusedTokens {
  private static final Duration QUIET = Duration.ofHours(1);

  /// What every app is told before its first proof (RFC 9449 section 8).
  private static final String NO_NONCE_YET = "use_dpop_nonce";

  private final AccessLog log;
  private final InstantSource clock;
  private final Recent<SecretHash, Boolean> seen;

  RefusedTokens(AccessLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.seen = new Recent<>(QUIET, clock);
  }

  /// @param token as it was sent
  void takeDown(String token, Verdict.Refused refused) {
    refused.named().ifPresent(named -> takeDown(token, named));
  }

  /// @param accepted what the token says, which came without the key that it is bound to
  void takeDown(String token, AccessToken accepted, OAuthFailure failure) {
    if (!failure.code().equals(NO_NONCE_YET)) {
      takeDown(
          token,
          new Verdict.Named(
              accepted.client(),
              Optional.ofNullable(accepted.patient()),
              Optional.ofNullable(accepted.fhirUser())));
    }
  }

  private void takeDown(String token, Verdict.Named named) {
    if (isNew(SecretHash.of(token))) {
      log.add(
          new Access(
              UUID.randomUUID().toString(),
              clock.instant(),
              named.patient().orElse(""),
              named.client(),
              named.fhirUser().orElse(null),
              null,
              null,
              null,
              List.of(),
              401));
    }
  }

  private synchronized boolean isNew(SecretHash token) {
    if (seen.find(token).isPresent()) {
      return false;
    }
    seen.keep(token, true);
    return true;
  }
}
