package dev.latchkey.events;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.PushedRequest;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.client.ClientId;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.launch.Launch;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.page.SignInHandle;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The authorizations of a [World] that nobody has decided yet: pushed ones, and pending ones.
record UnderWay(Stores stores, long now) {
  void seed() {
    pending(World.NATIVE, "not-a-secret-txn-new", "not-a-secret-browser", null, null);
    pending(World.NATIVE, "not-a-secret-txn-of-ana", "not-a-secret-session-of-ana", "ana", "ana");
    pending(World.WEB, "not-a-secret-txn-of-demo-web", "not-a-secret-session-of-ana", "ana", "ana");
    pending(
        World.UNCHECKED,
        "not-a-secret-txn-of-unchecked",
        "not-a-secret-session-of-ana",
        "ana",
        "ana");
    pending(
        World.NATIVE, "not-a-secret-txn-of-maria", "not-a-secret-session-of-maria", "maria", null);
    seedPushed();
    seedLaunches();
    seedHandle();
  }

  private void seedHandle() {
    var back = World.ISSUER + "/interaction/portal?state=not-a-secret-state";
    var wishes = new Portal.Wishes("ana", "es", 300, false);
    stores
        .signInHandles()
        .open(SecretHash.of("not-a-secret-handle"), new SignInHandle(back, wishes, now + 300));
  }

  private void seedLaunches() {
    launch("not-a-secret-launch", World.NATIVE, now + 60);
    launch("not-a-secret-launch-expired", World.NATIVE, now);
    launch("not-a-secret-launch-used", World.NATIVE, now + 60);
    launch("not-a-secret-launch-of-demo-web", World.WEB, now + 60);
    var _ =
        stores
            .launches()
            .use(
                SecretHash.of("not-a-secret-launch-used"),
                World.NATIVE,
                "earlier",
                Instant.ofEpochSecond(now));
  }

  private void launch(String name, ClientId client, long expiresAt) {
    var launch = new Launch("subject-of-ana", TestLaunches.of("ana"));
    stores.launches().open(SecretHash.of(name), client, launch, expiresAt);
  }

  private void pending(
      ClientId client,
      String handle,
      String browser,
      @Nullable String username,
      @Nullable String patient) {
    var request =
        new AuthorizationRequest(
            client,
            World.callback(client),
            ScopeSet.parse(World.SCOPES),
            "state-of-the-app",
            World.CHALLENGE,
            "nonce-of-the-app",
            SignInWishes.NONE,
            null);
    var user =
        username == null
            ? null
            : new SignedInUser(
                username, "subject-of-" + username, now - 30, now + 3600, Assurance.UNSAID);
    stores
        .transactions()
        .begin(
            new Transaction(
                SecretHash.of(handle),
                request,
                SecretHash.of(browser),
                user,
                patient,
                null,
                null,
                now + 600));
  }

  private void seedPushed() {
    pushed("not-a-secret-pushed-request", now + 60);
    pushed("not-a-secret-pushed-request-expired", now);
    pushed("not-a-secret-pushed-request-used", now + 60);
    var _ =
        stores
            .pushedRequests()
            .use(
                requestUri("not-a-secret-pushed-request-used"),
                World.NATIVE,
                "earlier",
                Instant.ofEpochSecond(now));
  }

  private void pushed(String name, long expiresAt) {
    var parameters =
        "response_type=code&client_id=demo-native&redirect_uri=http%3A%2F%2F127.0.0.1%3A52001%2Fcallback"
            + "&scope=patient%2FObservation.rs&state=pushed-state-of-the-app"
            + "&aud=https%3A%2F%2Fauth.example.org%2Ffhir&code_challenge_method=S256&code_challenge="
            + World.CHALLENGE;
    stores
        .pushedRequests()
        .keep(requestUri(name), new PushedRequest(World.NATIVE, parameters, expiresAt));
  }

  private static SecretHash requestUri(String name) {
    return SecretHash.of("urn:ietf:params:oauth:request_uri:" + name);
  }
}
