package dev.latchkey.contract;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Authorization requests and codes to test stores with.
public final class TestRequests {
  /// When a transaction of [#transaction] ends.
  public static final Instant TRANSACTION_END = MutableClock.START.plusSeconds(600);

  /// When a code of [#binding] ends.
  public static final Instant CODE_END = MutableClock.START.plusSeconds(60);

  /// The browser that a transaction of [#transaction] belongs to.
  public static final SecretHash BROWSER = SecretHash.of("browser before sign-in");

  private static final ClientId APP = new ClientId("app");
  private static final String REDIRECT = "http://127.0.0.1:4711/callback";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  /// The key that both are tied to.
  private static final KeyThumbprint KEY =
      new KeyThumbprint("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");

  private TestRequests() {}

  /// A pending authorization before sign-in.
  public static Transaction transaction(SecretHash handle) {
    var request =
        new AuthorizationRequest(
            APP,
            REDIRECT,
            TestScopes.few(),
            "state",
            CHALLENGE,
            "nonce",
            new SignInWishes("ana", "es en", 1_700_000_000, false, false, "subject-of-ana"),
            KEY);
    return new Transaction(
        handle, request, BROWSER, null, null, null, null, TRANSACTION_END.getEpochSecond());
  }

  /// What a new code is bound to.
  public static CodeBinding binding(@Nullable String nonce, ScopeSet scopes, LaunchContext launch) {
    return new CodeBinding(
        APP,
        REDIRECT,
        CHALLENGE,
        nonce,
        KEY,
        scopes,
        launch,
        "sub-1",
        "Patient/ana",
        MutableClock.START.minusSeconds(30).getEpochSecond(),
        SecretHash.of("session"),
        MutableClock.START.plus(Duration.ofHours(8)).getEpochSecond(),
        FamilyId.fresh(Entropy.secure()),
        CODE_END.getEpochSecond(),
        Lifetimes.END_OF_TIME,
        Assurance.UNSAID);
  }
}
