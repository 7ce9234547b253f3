package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.http.PlainText;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import java.util.Optional;

/// The parameter `scope` of an authorization request.
///
/// Scopes over data that are misspelled are refused by name. Types that no record here has, and
/// scopes about something else, are left out, and the token answer names what was granted (RFC 6749
/// section 3.3): an app asks every server for the same list.
record RequestedScopes(Client client, String spelled) {
  /// Why nothing is granted at all, for the first word that is to blame.
  Optional<String> refusal() {
    return ScopeSet.misspelled(spelled).stream()
        .findFirst()
        .map(word -> "This server does not know the scope " + PlainText.ascii(word))
        .or(this::ofSystem);
  }

  /// What may be offered to the user: no more than the app is registered for and can use.
  ScopeSet allowed() {
    return client.usable(understood().filter(client.scopes()::covers));
  }

  /// SMART 2.2, backend services: `system/` is for a service without a user.
  private Optional<String> ofSystem() {
    return understood()
        .of(ScopeContext.SYSTEM)
        .findFirst()
        .map(
            system ->
                "No patient can allow %s. A backend service asks for it at the token endpoint."
                    .formatted(system.spelled()));
  }

  private ScopeSet understood() {
    return ScopeSet.parse(spelled);
  }
}
