package dev.latchkey.events;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.client.ClientId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import java.time.Instant;

/// The codes of a [World]: good ones, one that is too old, and one that was used.
record Codes(Stores stores, long now) {
  void seed() {
    code("not-a-secret-code", World.NATIVE, World.SCOPES, "of-code", now + 60);
    code(
        "not-a-secret-code-for-once",
        World.NATIVE,
        "launch/patient patient/*.rs",
        "of-once",
        now + 60);
    code("not-a-secret-code-of-demo-web", World.WEB, World.SCOPES, "of-web-code", now + 60);
    code("not-a-secret-code-expired", World.NATIVE, World.SCOPES, "of-expired-code", now);
    code("not-a-secret-code-used", World.NATIVE, World.SCOPES, "of-used-code", now + 60);
    var _ =
        stores
            .codes()
            .redeem(SecretHash.of("not-a-secret-code-used"), "earlier", Instant.ofEpochSecond(now));
  }

  private void code(String code, ClientId client, String scopes, String family, long expiresAt) {
    stores
        .codes()
        .issue(
            SecretHash.of(code),
            new CodeBinding(
                client,
                World.callback(client),
                World.CHALLENGE,
                "nonce-of-the-app",
                null,
                ScopeSet.parse(scopes),
                new LaunchContext("ana"),
                "subject-of-ana",
                "Patient/ana",
                now - 30,
                SecretHash.of("session"),
                now + 3600,
                World.familyId(family),
                expiresAt,
                Lifetimes.END_OF_TIME,
                Assurance.UNSAID));
  }
}
