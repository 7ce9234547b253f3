package dev.latchkey.client;

import dev.latchkey.policy.ClientClass;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Set;

/// A registered app.
///
/// @param name shown to the patient; plain text
/// @param description one sentence shown to the patient; may be empty
/// @param authenticationMethods `NONE` alone for a public client; never mixed with a secret
/// @param secretHashes live secrets, at most two; empty for a public client
/// @param redirectUris complete URIs, compared exactly (RFC 9700 section 2.1)
/// @param scopes the most that the app may ask for
public record Client(
    ClientId id,
    String name,
    String description,
    ApplicationType applicationType,
    Set<AuthenticationMethod> authenticationMethods,
    List<SecretHash> secretHashes,
    List<RedirectUri> redirectUris,
    ScopeSet scopes) {

  public boolean isPublic() {
    return authenticationMethods.equals(Set.of(AuthenticationMethod.NONE));
  }

  /// The row of the policy table that this client falls under.
  public ClientClass clientClass() {
    return isPublic() ? ClientClass.PUBLIC_BEARER : ClientClass.CONFIDENTIAL_SECRET;
  }
}
