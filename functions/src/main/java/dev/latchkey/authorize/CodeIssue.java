package dev.latchkey.authorize;

import dev.latchkey.family.FamilyId;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Map;

/// Ends a decided authorization: with a code when the patient allowed, with an error when not.
public record CodeIssue(Codes codes, ServerIdentity identity, Entropy entropy) {
  public static final OAuthFailure DENIED =
      new OAuthFailure("access_denied", 400, "The patient did not allow access.");

  /// Issues a code for what was granted.
  ///
  /// @param granted part of what the request asked for, not empty
  /// @param accessEndsAt when access ends at the latest, seconds since the epoch
  /// @param fhirUser relative reference of the user who decided
  /// @return where the browser goes
  public String allow(
      Transaction decided, ScopeSet granted, long accessEndsAt, String fhirUser, Instant now) {
    var request = decided.request();
    var user = decided.signedInUser().orElseThrow();
    var code = entropy.value();
    codes.issue(
        SecretHash.of(code),
        new CodeBinding(
            request.client(),
            request.redirectUri(),
            request.codeChallenge(),
            request.nonce(),
            request.key(),
            granted,
            decided.context(),
            user.subject(),
            fhirUser,
            user.authenticatedAt(),
            decided.browser(),
            user.sessionEndsAt(),
            FamilyId.fresh(entropy),
            Lifetimes.after(now.getEpochSecond(), Lifetimes.AUTHORIZATION_CODE),
            accessEndsAt,
            user.assurance()));
    return TrustedRedirect.of(request).answer(Map.of("code", code), request.state(), identity);
  }

  /// The patient said no, or ticked nothing (RFC 6749 section 4.1.2.1).
  ///
  /// @return where the browser goes
  public String deny(Transaction decided) {
    return refuse(decided, DENIED);
  }

  /// There is no code for another reason.
  ///
  /// @return where the browser goes
  public String refuse(Transaction decided, OAuthFailure failure) {
    var request = decided.request();
    return TrustedRedirect.of(request).refusal(failure, request.state(), identity);
  }
}
