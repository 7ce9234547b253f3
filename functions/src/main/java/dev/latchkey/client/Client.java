package dev.latchkey.client;

import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.scope.ScopeSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A registered app.
///
/// @param profile what its developer says about it
/// @param credentials how it can prove who it is
/// @param redirectUris complete URIs, compared exactly (RFC 9700 section 2.1)
/// @param grantTypes what it may hand in at the token endpoint
/// @param scopes the most that the app may ask for
/// @param rules what it is held to beyond its class
/// @param registration how it came to be known here
public record Client(
    ClientId id,
    ClientProfile profile,
    ApplicationType applicationType,
    ClientCredentials credentials,
    List<RedirectUri> redirectUris,
    Set<GrantType> grantTypes,
    ScopeSet scopes,
    ClientRules rules,
    Registration registration) {

  /// @throws IllegalArgumentException when a public client has what only authentication allows
  public Client {
    redirectUris = List.copyOf(redirectUris);
    grantTypes = Set.copyOf(grantTypes);
    if (credentials.isPublic()
        && (rules.introspectsAll() || !rules.overrides().equals(RefreshOverrides.NONE))) {
      throw new IllegalArgumentException(
          "A public client has no overrides and may not introspect tokens of other apps");
    }
  }

  /// An app with a user, as its class has it, registered by an operator.
  ///
  /// @param registeredAt seconds since the epoch
  public Client(
      ClientId id,
      ClientProfile profile,
      ApplicationType applicationType,
      ClientCredentials credentials,
      List<RedirectUri> redirectUris,
      ScopeSet scopes,
      long registeredAt) {
    this(
        id,
        profile,
        applicationType,
        credentials,
        redirectUris,
        EnumSet.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
        scopes,
        ClientRules.NONE,
        Registration.byOperator(registeredAt));
  }

  public String name() {
    return profile.name();
  }

  public boolean isPublic() {
    return credentials.isPublic();
  }

  public boolean mayUse(GrantType type) {
    return grantTypes.contains(type);
  }

  /// Access lasts by refresh tokens, so whoever may not use one gets none of the scopes for it.
  public ScopeSet usable(ScopeSet asked) {
    return mayUse(GrantType.REFRESH_TOKEN) ? asked : asked.once();
  }

  /// What this client can prove about itself, whatever key a copy of it may hold.
  public ClientClass clientClass() {
    if (!isPublic()) {
      return credentials.hasKey() ? ClientClass.CONFIDENTIAL_KEY : ClientClass.CONFIDENTIAL_SECRET;
    }
    if (applicationType != ApplicationType.NATIVE) {
      return ClientClass.PUBLIC_BEARER;
    }
    return claimsItsAddresses() ? ClientClass.PUBLIC_CLAIMED : ClientClass.PUBLIC_NATIVE;
  }

  /// What the holder of a grant can prove.
  ///
  /// @param hasKey whether it proved to hold a key (RFC 9449); a client that authenticates proves
  ///   more without
  public ClientClass clientClass(boolean hasKey) {
    return hasKey && isPublic() ? ClientClass.PUBLIC_DPOP : clientClass();
  }

  /// The row of the policy table that a grant to this client falls under.
  ///
  /// @param hasKey as in [#clientClass(boolean)]
  public GrantPolicy policy(AccessKind kind, boolean hasKey) {
    return GrantPolicy.of(clientClass(hasKey), kind, rules.overrides());
  }

  public Client with(ClientProfile changed) {
    return new Client(
        id,
        changed,
        applicationType,
        credentials,
        redirectUris,
        grantTypes,
        scopes,
        rules,
        registration);
  }

  public Client with(ClientCredentials changed) {
    return new Client(
        id,
        profile,
        applicationType,
        changed,
        redirectUris,
        grantTypes,
        scopes,
        rules,
        registration);
  }

  public Client with(ClientRules changed) {
    return new Client(
        id,
        profile,
        applicationType,
        credentials,
        redirectUris,
        grantTypes,
        scopes,
        changed,
        registration);
  }

  public Client with(Registration changed) {
    return new Client(
        id,
        profile,
        applicationType,
        credentials,
        redirectUris,
        grantTypes,
        scopes,
        rules,
        changed);
  }

  public Client withGrantTypes(Set<GrantType> changed) {
    return new Client(
        id,
        profile,
        applicationType,
        credentials,
        redirectUris,
        changed,
        scopes,
        rules,
        registration);
  }

  public Client withScopes(ScopeSet changed) {
    return new Client(
        id,
        profile,
        applicationType,
        credentials,
        redirectUris,
        grantTypes,
        changed,
        rules,
        registration);
  }

  private boolean claimsItsAddresses() {
    return redirectUris.stream().allMatch(uri -> uri.value().startsWith("https://"));
  }
}
