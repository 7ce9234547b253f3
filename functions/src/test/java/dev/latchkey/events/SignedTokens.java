package dev.latchkey.events;

import dev.latchkey.account.Assurance;
import dev.latchkey.aws.KmsTokenSigner;
import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.dpop.Nonces;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.IdTokens;
import dev.latchkey.wiring.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// The access tokens, the proofs and the assertions that events speak of. They cannot stand in a
/// file: the keys are made for each run.
record SignedTokens(Stores stores, ServerIdentity identity, TokenKeys tokenKeys, Instant now) {
  static final SigningApp KEY_APP = SigningApp.called("demo-key");
  static final SigningApp BACKEND = SigningApp.called("demo-backend");

  /// What the family `bound` is bound to.
  static final DpopKey DPOP_KEY = DpopKey.make();

  /// A token of that service, and another one that it has taken back.
  static final String SERVICE_TOKEN = "access-token-of-demo-backend";

  static final String REVOKED_SERVICE_TOKEN = "revoked-access-token-of-demo-backend";

  private static final Pattern ACCESS_TOKEN = Pattern.compile("\\$\\{access-token:([a-z-]+)}");
  private static final Pattern ID_TOKEN = Pattern.compile("\\$\\{id-token:([a-z-]+)}");
  private static final Pattern PROOF =
      Pattern.compile("\\$\\{dpop-proof:([A-Z]+) (/[A-Za-z0-9/]+)}");

  /// The event with signed tokens in their places.
  String in(String event) {
    var bound = accessToken("bound");
    var withProof =
        PROOF
            .matcher(event.replace("${access-token:bound}", bound))
            .replaceAll(match -> proof(match.group(1), match.group(2), bound));
    var withIdTokens = ID_TOKEN.matcher(withProof).replaceAll(match -> pastIdToken(match.group(1)));
    return ACCESS_TOKEN
        .matcher(withIdTokens)
        .replaceAll(match -> accessToken(match.group(1)))
        .replace("${" + SERVICE_TOKEN + "}", serviceToken(SERVICE_TOKEN))
        .replace("${" + REVOKED_SERVICE_TOKEN + "}", serviceToken(REVOKED_SERVICE_TOKEN))
        .replace("${client-assertion}", assertion(KEY_APP))
        .replace("${client-assertion-of-demo-backend}", assertion(BACKEND));
  }

  private String assertion(SigningApp app) {
    return app.assertion(now, claims -> claims.audience(identity.issuer()));
  }

  private static TokenSigner signer() {
    return new KmsTokenSigner(World.KMS, () -> World.SIGNING_KEYS, _ -> {});
  }

  /// As an app has it for logging out: from a sign-in of yesterday.
  private String pastIdToken(String family) {
    var holding = stores.families().holding(World.familyId(family)).orElseThrow();
    var yesterday = now.minus(Duration.ofDays(1)).getEpochSecond();
    return new IdTokens(identity, signer())
        .issue(holding.grant(), Assurance.UNSAID, null, "not-a-secret-token", yesterday);
  }

  private String accessToken(String family) {
    var holding = stores.families().holding(World.familyId(family)).orElseThrow();
    var grant = holding.grant();
    var key = Optional.ofNullable(holding.family().key());
    return new AccessTokens(identity, signer(), Entropy.secure())
        .issue(grant, grant.scopes(), key, now.getEpochSecond(), Duration.ofMinutes(10));
  }

  /// The id (`jti`) of a token of a service, by which it alone is taken back.
  static Cutoffs.Of.Token id(String serviceToken) {
    return new Cutoffs.Of.Token(idOf(serviceToken).value());
  }

  private static Entropy idOf(String serviceToken) {
    return length -> Arrays.copyOf(World.sha256("not-a-secret " + serviceToken), length);
  }

  private String serviceToken(String name) {
    return new AccessTokens(identity, signer(), idOf(name))
        .issue(
            BACKEND.id(),
            ScopeSet.parse("system/Observation.rs"),
            Optional.empty(),
            now.getEpochSecond(),
            Duration.ofMinutes(5));
  }

  private String proof(String method, String path, String accessToken) {
    return DPOP_KEY
        .proof(method, identity.url(path), now)
        .forToken(accessToken)
        .claim("nonce", new Nonces(tokenKeys).fresh(now))
        .signed();
  }
}
