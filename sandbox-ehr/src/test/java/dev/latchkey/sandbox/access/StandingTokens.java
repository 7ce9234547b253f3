package dev.latchkey.sandbox.access;

import dev.latchkey.account.User;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.wiring.Wiring;
import java.time.Duration;
import java.util.Optional;

/// Access tokens of a running sandbox for whatever scopes, with grants in its store behind them.
final class StandingTokens {
  private static final Duration LIFETIME = Duration.ofHours(4);

  private final Wiring wiring;
  private final AccessTokens tokens;

  StandingTokens(RunningSandbox sandbox) {
    this.wiring = sandbox.bean(Wiring.class);
    this.tokens = new AccessTokens(wiring.identity(), wiring.signer(), wiring.entropy());
  }

  /// Of an app that the patient opened.
  String ofPatient(String username, String scopes) {
    return issue(username, new LaunchContext(username), scopes);
  }

  /// Of an app without a patient in context.
  String ofUser(String username, String scopes) {
    return issue(username, LaunchContext.none(), scopes);
  }

  String ofService(String client, String scopes) {
    return tokens.issue(
        new ClientId(client), ScopeSet.parse(scopes), Optional.empty(), now(), LIFETIME);
  }

  private String issue(String username, LaunchContext context, String scopes) {
    var user = wiring.stores().users().find(username).orElseThrow();
    var granted = ScopeSet.parse(scopes);
    var grant = grant(user, context, granted);
    wiring.stores().families().create(family(grant), grant);
    return tokens.issue(grant, granted, Optional.empty(), now(), LIFETIME);
  }

  private FamilyGrant grant(User user, LaunchContext context, ScopeSet scopes) {
    return new FamilyGrant(
        FamilyId.fresh(wiring.entropy()),
        new ClientId("demo-native"),
        user.subject(),
        user.fhirUser(),
        scopes,
        context,
        now(),
        now(),
        null);
  }

  /// Of a refresh token that nobody has.
  private Family family(FamilyGrant grant) {
    var end = now() + LIFETIME.toSeconds();
    return new Family(
        grant.id(),
        grant.client(),
        Family.State.ACTIVE,
        0,
        SecretHash.of(wiring.entropy().value()),
        null,
        1,
        now(),
        end,
        end,
        "bench",
        -1,
        0,
        0,
        null);
  }

  private long now() {
    return wiring.clock().instant().getEpochSecond();
  }
}
