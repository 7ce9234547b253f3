package dev.latchkey.client;

import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RefreshOverrides;
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
/// @param overrides where its refresh tokens differ from those of its class
/// @param introspectsAll whether it is a resource server, which may ask about tokens of every app
public record Client(
    ClientId id,
    String name,
    String description,
    ApplicationType applicationType,
    Set<AuthenticationMethod> authenticationMethods,
    List<SecretHash> secretHashes,
    List<RedirectUri> redirectUris,
    ScopeSet scopes,
    RefreshOverrides overrides,
    boolean introspectsAll) {

  /// @throws IllegalArgumentException when a public client has what only authentication allows
  public Client {
    if (isPublic(authenticationMethods)
        && (introspectsAll || !overrides.equals(RefreshOverrides.NONE))) {
      throw new IllegalArgumentException(
          "A public client has no overrides and may not introspect tokens of other apps");
    }
  }

  /// An app as its class has it.
  public Client(
      ClientId id,
      String name,
      String description,
      ApplicationType applicationType,
      Set<AuthenticationMethod> authenticationMethods,
      List<SecretHash> secretHashes,
      List<RedirectUri> redirectUris,
      ScopeSet scopes) {
    this(
        id,
        name,
        description,
        applicationType,
        authenticationMethods,
        secretHashes,
        redirectUris,
        scopes,
        RefreshOverrides.NONE,
        false);
  }

  public boolean isPublic() {
    return isPublic(authenticationMethods);
  }

  /// What this client can prove about itself.
  public ClientClass clientClass() {
    if (!isPublic()) {
      return ClientClass.CONFIDENTIAL_SECRET;
    }
    return applicationType == ApplicationType.NATIVE && claimsItsAddresses()
        ? ClientClass.PUBLIC_CLAIMED
        : ClientClass.PUBLIC_BEARER;
  }

  /// The row of the policy table that a grant to this client falls under.
  public GrantPolicy policy(AccessKind kind) {
    return GrantPolicy.of(clientClass(), kind, overrides);
  }

  private boolean claimsItsAddresses() {
    return redirectUris.stream().allMatch(uri -> uri.value().startsWith("https://"));
  }

  private static boolean isPublic(Set<AuthenticationMethod> methods) {
    return methods.equals(Set.of(AuthenticationMethod.NONE));
  }
}
