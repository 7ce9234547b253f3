package dev.latchkey.grant;

import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.authorize.Codes;
import dev.latchkey.client.Client;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.Standing;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.IdTokens;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenResponse.Renewal;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Exchanges an authorization code for tokens (RFC 6749 section 4.1.3).
///
/// Nothing is written until every check has passed, so that a stranger with half of the facts can
/// neither use up a code nor, by replaying it, end the grant of the rightful app.
public record CodeExchange(
    Codes codes,
    Families families,
    RefreshFamilies refreshFamilies,
    Standing standing,
    AccessTokens accessTokens,
    IdTokens idTokens,
    ServerIdentity identity,
    Entropy entropy) {

  private record Attempt(
      CodeBinding binding, Requester requester, Grant.AuthorizationCode grant, long now) {
    Client client() {
      return requester.client();
    }

    boolean hasTheKeyOfTheRequest() {
      var wanted = binding.key();
      return wanted == null || requester.key().filter(wanted::equals).isPresent();
    }
  }

  private record Check(Predicate<Attempt> holds, String otherwise) {}

  /// Says why access is shorter than allowed, and what the app can do about it.
  private static final String SHORTENED = "/errors/short_lived_refresh";

  private static final String UNUSABLE =
      "The code is unknown, expired or already used. Start a new authorization.";

  /// In this order. Each failure is `invalid_grant` (RFC 6749 section 5.2, RFC 7636 section 4.6).
  /// The key ties the code to the copy of the app that asked for it (RFC 9449 section 10).
  private static final List<Check> CHECKS =
      List.of(
          new Check(a -> a.binding().client().equals(a.client().id()), UNUSABLE),
          new Check(a -> a.now() < a.binding().expiresAt(), UNUSABLE),
          new Check(
              a -> a.binding().redirectUri().equals(a.grant().redirectUri()),
              "The redirect_uri is not the one of the authorization request."),
          new Check(
              a -> ProofKey.answers(a.binding().codeChallenge(), a.grant().verifier()),
              "The code_verifier does not fit the code_challenge of the authorization request."),
          new Check(
              Attempt::hasTheKeyOfTheRequest,
              "The authorization request named a dpop_jkt. Send a DPoP proof made with that key."));

  public Outcome<TokenResponse> exchange(
      Requester requester, Grant.AuthorizationCode grant, Instant instant) {
    var code = SecretHash.of(grant.code());
    var binding = codes.find(code);
    if (binding.isEmpty()) {
      return refused(UNUSABLE);
    }
    var attempt = new Attempt(binding.get(), requester, grant, instant.getEpochSecond());
    var failed = CHECKS.stream().filter(check -> !check.holds().test(attempt)).findFirst();
    return failed.isPresent() ? refused(failed.get().otherwise()) : redeem(code, attempt, instant);
  }

  private Outcome<TokenResponse> redeem(SecretHash code, Attempt attempt, Instant instant) {
    return switch (codes.redeem(code, entropy.value(), instant)) {
      case REDEEMED -> grant(attempt);
      case UNKNOWN -> refused(UNUSABLE);
      case REPLAYED -> {
        // RFC 6749 section 4.1.2: a code that is used twice ends what came of it the first time.
        refreshFamilies.revoke(attempt.binding().family(), "code", attempt.now());
        yield refused(UNUSABLE);
      }
    };
  }

  private Outcome<TokenResponse> grant(Attempt attempt) {
    var binding = attempt.binding();
    var terms = Terms.of(binding.scopes(), attempt.requester());
    var grant = familyGrant(binding, terms);
    // Taken back between the patient's yes and this moment, when there was no family to revoke yet.
    if (standing.isTakenBack(grant)) {
      return refused(UNUSABLE);
    }
    var start =
        refreshFamilies.start(
            binding.family(),
            attempt.requester().holder(),
            terms.policy(),
            absoluteEnd(binding, terms, attempt.now()),
            attempt.now());
    if (!families.create(start.family(), grant)) {
      return refused(UNUSABLE);
    }
    return Outcome.success(answer(attempt, terms, grant, start));
  }

  private TokenResponse answer(
      Attempt attempt, Terms terms, FamilyGrant grant, RefreshFamilies.Start start) {
    var key = attempt.requester().key();
    var lifetime = terms.policy().accessToken();
    var accessToken = accessTokens.issue(grant, grant.scopes(), key, attempt.now(), lifetime);
    return new TokenResponse(
        accessToken,
        TokenType.of(key),
        lifetime,
        grant.scopes(),
        terms.kind() == AccessKind.ONCE
            ? null
            : Renewal.of(refreshFamilies.write(start.token()), start.family(), attempt.now()),
        idToken(grant, attempt.binding(), accessToken, attempt.now()),
        null,
        grant.launch(),
        terms.isShortened() ? identity.url(SHORTENED) : null);
  }

  private @Nullable String idToken(
      FamilyGrant grant, CodeBinding binding, String accessToken, long now) {
    return Optional.of(grant)
        .filter(g -> g.scopes().contains(NamedScope.OPENID))
        .map(g -> idTokens.issue(g, binding.assurance(), binding.nonce(), accessToken, now))
        .orElse(null);
  }

  private static long absoluteEnd(CodeBinding binding, Terms terms, long now) {
    var longest =
        terms.kind() == AccessKind.ONLINE
            ? binding.sessionEndsAt()
            : Lifetimes.after(now, terms.policy().absolute());
    return Math.min(longest, binding.accessEndsAt());
  }

  private static FamilyGrant familyGrant(CodeBinding binding, Terms terms) {
    return new FamilyGrant(
        binding.family(),
        binding.client(),
        binding.subject(),
        binding.fhirUser(),
        terms.scopes(),
        binding.launch(),
        binding.authenticatedAt(),
        binding.issuedAt(),
        terms.kind() == AccessKind.ONLINE ? binding.session() : null);
  }

  private static Outcome<TokenResponse> refused(String description) {
    return Outcome.refused(OAuthFailure.invalidGrant(description));
  }
}
