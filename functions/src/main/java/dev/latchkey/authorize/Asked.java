package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.http.Parameters;
import dev.latchkey.launch.Launches;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.LaunchScope;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an app asks for, once the app itself is known and while the rest is looked at.
///
/// @param isPushed whether the app itself handed it in (RFC 9126)
/// @param launches what EHRs opened
record Asked(
    Parameters parameters,
    boolean isPushed,
    Client client,
    ServerIdentity identity,
    Launches launches,
    Instant now) {

  Optional<String> get(String name) {
    return parameters.get(name);
  }

  /// What `prompt` lists; empty when the app sent none.
  List<String> prompts() {
    return get("prompt").map(prompts -> List.of(prompts.split(" "))).orElse(List.of());
  }

  RequestedScopes requested() {
    return new RequestedScopes(client, get("scope").orElse(""));
  }

  /// The scopes that may be offered to the user; `launch` only where an EHR opened the app, since
  /// there is nothing to tell it otherwise, and `launch/{type}` only beside it, or where the user
  /// may choose.
  ScopeSet scopes() {
    var allowed = requested().allowed();
    var isTold = get("launch").isPresent() && allowed.contains(NamedScope.LAUNCH);
    return allowed.filter(
        scope ->
            isTold
                || !(scope.equals(NamedScope.LAUNCH) || scope instanceof LaunchScope)
                || EncounterChoice.isOf(scope, allowed));
  }

  /// The launch that the app was opened with. Without the scope `launch` the app does not ask for
  /// it, and the parameter says nothing (SMART 2.2, EHR launch).
  Optional<SecretHash> launch() {
    return scopes().contains(NamedScope.LAUNCH)
        ? get("launch").map(SecretHash::of)
        : Optional.empty();
  }

  /// Whether the handle is of no launch of this app that is still to be used.
  boolean isUnusable(SecretHash handle) {
    return launches.find(handle, client.id(), now).isEmpty();
  }
}
