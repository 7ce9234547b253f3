package dev.latchkey.registration;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.PublicKeySet;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.client.Registration;
import dev.latchkey.http.PlainText;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.scope.ScopeSet;
import java.util.List;
import java.util.Set;

/// Metadata that passed [MetadataChecks], and what comes of it.
///
/// @param metadata as asked for
/// @param allowance what it was checked against
public record AcceptedMetadata(ClientMetadata metadata, Allowance allowance) {
  private static final int LONGEST_CONTACT = 254;

  /// The app, without a description: RFC 7591 has no member for one.
  ///
  /// @param secrets empty for an app without
  public Client client(ClientId id, List<ClientSecret> secrets, Registration registration) {
    return new Client(
        id,
        profile(),
        metadata.applicationType(),
        credentials(secrets),
        metadata.redirectUris().stream().map(RedirectUri::new).toList(),
        metadata.grantTypes(),
        scopes(),
        new ClientRules(
            RefreshOverrides.NONE, false, metadata.dpopBound(), metadata.pushedRequestsOnly()),
        registration);
  }

  /// Whether the server has to make a secret for it.
  public boolean needsSecret() {
    return metadata.hasSecret();
  }

  ScopeSet scopes() {
    var cap = new ScopeCap(allowance.scopes());
    return metadata
        .scope()
        .map(ScopeSet::parse)
        .map(cap::of)
        .orElseGet(() -> cap.usual(metadata.hasUser()));
  }

  private ClientProfile profile() {
    return new ClientProfile(
        metadata.name().map(PlainText::name).orElse(""),
        "",
        metadata.website().orElse(null),
        metadata.privacyPolicy().orElse(null),
        metadata.terms().orElse(null),
        metadata.contacts().stream()
            .map(contact -> PlainText.line(contact, LONGEST_CONTACT))
            .toList(),
        metadata.launchUrl().orElse(null),
        metadata.afterLogout().stream().map(RedirectUri::new).toList(),
        metadata.softwareId().orElse(null),
        metadata.softwareVersion().orElse(null));
  }

  private ClientCredentials credentials(List<ClientSecret> secrets) {
    return new ClientCredentials(
        Set.of(metadata.method()),
        secrets,
        metadata.hasKey() ? keys() : ClientKeys.NONE,
        metadata.hasKey()
            ? metadata.signingAlgorithm().map(Set::of).orElse(ClientCredentials.SMART_ALGORITHMS)
            : Set.of(),
        false);
  }

  private ClientKeys keys() {
    return metadata
        .jwks()
        .map(jwks -> ClientKeys.inline(PublicKeySet.text(jwks)))
        .orElseGet(() -> new ClientKeys(null, metadata.jwksUri().orElseThrow()));
  }
}
