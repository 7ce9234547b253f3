package dev.latchkey.dpop;

import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.ProofPolicy;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// Checks the proof that a caller holds a key (RFC 9449 section 4.3).
///
/// A nonce of ours is asked of every proof. Whoever may leave it out can make proofs ahead of time,
/// so nobody may.
public final class ProofChecks {
  public static final String PROOF_HEADER = "dpop";
  public static final String NONCE_HEADER = "dpop-nonce";

  /// The signature algorithms that apps may choose from, for metadata and challenges.
  public static final List<String> ALGORITHMS = Proof.ALGORITHMS;

  /// A proof with an RSA key of 4096 bits has about 2200 characters.
  private static final int LONGEST = 4096;

  private final Nonces nonces;
  private final UsedIdentifiers used;
  private final Entropy entropy;

  /// In this order: what the proof says is not believed before its signature holds, and its id is
  /// used last, so that a bad proof costs no write and uses up nothing.
  private final List<Check> checks =
      List.of(
          proof(c -> c.proof().hasTheType(), "The DPoP proof needs typ dpop+jwt in its header."),
          proof(
              c -> c.proof().hasAnAllowedAlgorithm(),
              "Sign the DPoP proof with one of " + String.join(", ", ALGORITHMS) + "."),
          proof(
              c -> c.proof().needsNoExtension(),
              "The DPoP proof asks for an extension that is not understood here."),
          proof(
              c -> c.proof().hasAFittingKey(),
              "The header of the DPoP proof needs a jwk: the public key that fits its alg."),
          proof(
              c -> c.proof().isSigned(),
              "The signature of the DPoP proof does not fit the jwk in its header."),
          proof(c -> !c.proof().id().isBlank(), "The DPoP proof needs a jti."),
          proof(
              c -> c.proof().method().equals(c.use().method()),
              "The htm of the DPoP proof is not the method of this request."),
          proof(
              ProofChecks::isForThisUrl,
              "The htu of the DPoP proof is not the URL of this request."),
          proof(
              ProofChecks::isOfThisMinute,
              "The iat of the DPoP proof is more than a minute from the time of this server."),
          proof(
              ProofChecks::isForTheAccessToken,
              "The ath of the DPoP proof is not the SHA-256 of the access token."),
          new Check(
              ProofChecks::isOfTheBoundKey,
              new OAuthFailure("invalid_token", 401, "The access token is bound to another key.")),
          new Check(
              this::hasACurrentNonce,
              new OAuthFailure(
                  "use_dpop_nonce",
                  400,
                  "Put the value of the DPoP-Nonce header of this answer into the DPoP proof as"
                      + " nonce and send the request again.")),
          proof(this::isUsedForTheFirstTime, "The DPoP proof was used before. Make a new one."));

  public ProofChecks(Nonces nonces, UsedIdentifiers used, Entropy entropy) {
    this.nonces = nonces;
    this.used = used;
    this.entropy = entropy;
  }

  private record Case(Proof proof, ProofUse use, Instant now) {}

  private record Check(Predicate<Case> holds, OAuthFailure otherwise) {}

  /// The key that the caller holds. The proof is used up with it.
  public Outcome<KeyThumbprint> check(ProofUse use, Instant now) {
    // A compact JWT has no comma, so one means several headers.
    if (use.header().contains(",")) {
      return Outcome.refused(OAuthFailure.invalidProof("Send one DPoP header."));
    }
    if (use.header().length() > LONGEST) {
      return Outcome.refused(
          OAuthFailure.invalidProof("The DPoP proof is longer than " + LONGEST + " characters."));
    }
    return Proof.read(use.header())
        .map(proof -> check(new Case(proof, use, now)))
        .orElseGet(
            () ->
                Outcome.refused(
                    OAuthFailure.invalidProof(
                        "The DPoP proof is no signed JWT with a public key in its header.")));
  }

  /// The value of the DPoP-Nonce header of the answer.
  public String freshNonce(Instant now) {
    return nonces.fresh(now);
  }

  private Outcome<KeyThumbprint> check(Case presented) {
    return checks.stream()
        .filter(check -> !check.holds().test(presented))
        .findFirst()
        .map(check -> Outcome.<KeyThumbprint>refused(check.otherwise()))
        .orElseGet(() -> Outcome.success(presented.proof().thumbprint()));
  }

  private static boolean isForThisUrl(Case c) {
    var ours = HttpUri.of(c.use().url());
    return ours.isPresent() && ours.equals(HttpUri.of(c.proof().url()));
  }

  private static boolean isOfThisMinute(Case c) {
    var now = c.now().getEpochSecond();
    return c.proof()
        .issuedAt()
        .filter(at -> Math.abs(now - at) <= ProofPolicy.WINDOW.toSeconds())
        .isPresent();
  }

  private static boolean isForTheAccessToken(Case c) {
    return c.use()
        .bound()
        .map(bound -> new SecretHash(c.proof().accessTokenHash()).matches(bound.accessToken()))
        .orElse(true);
  }

  private static boolean isOfTheBoundKey(Case c) {
    return c.use().bound().map(bound -> bound.key().equals(c.proof().thumbprint())).orElse(true);
  }

  private boolean hasACurrentNonce(Case c) {
    return nonces.isCurrent(c.proof().nonce(), c.now());
  }

  /// RFC 9449 section 11.1: kept until the proof would be refused for its age.
  private boolean isUsedForTheFirstTime(Case c) {
    var proof = c.proof();
    return used.use(
        SecretHash.of("dpop " + proof.thumbprint() + " " + proof.id()),
        entropy.value(),
        proof.issuedAt().orElseThrow() + ProofPolicy.WINDOW.toSeconds(),
        c.now());
  }

  private static Check proof(Predicate<Case> holds, String otherwise) {
    return new Check(holds, OAuthFailure.invalidProof(otherwise));
  }
}
