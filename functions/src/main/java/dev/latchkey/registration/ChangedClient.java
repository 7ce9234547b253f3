package dev.latchkey.registration;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.PublicKeySet;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a full replacement of an app's metadata comes to (RFC 7592 section 2.2).
///
/// @param client as it is
/// @param asked as it is to be
record ChangedClient(Client client, ClientMetadata asked) {

  /// What can only be had by registering another app: grants were given to an app that proves
  /// itself in this way.
  Optional<OAuthFailure> problem() {
    return asked.applicationType() == client.applicationType()
            && client.credentials().methods().contains(asked.method())
        ? Optional.empty()
        : Optional.of(
            RegistrationFailures.metadata(
                "An app keeps its application_type and token_endpoint_auth_method. Register another"
                    + " one to change them."));
  }

  /// What was checked by an operator stays checked while name, addresses and keys stay.
  ///
  /// @param allowance what holds otherwise
  Allowance allowance(Allowance allowance) {
    return isSameIdentity()
        ? allowance.or(
            new Allowance(
                client.registration().level(), allowance.scopes(), allowance.backendServices()))
        : allowance;
  }

  private boolean isSameIdentity() {
    var keys = client.credentials().keys();
    return asked.name().map(PlainText::name).orElse("").equals(client.name())
        && asked.redirectUris().equals(texts(client.redirectUris()))
        && asked.afterLogout().equals(texts(client.profile().afterLogout()))
        && (!asked.hasKey()
            || (Objects.equals(asked.jwks().map(PublicKeySet::text).orElse(null), keys.jwks())
                && Objects.equals(asked.jwksUri().orElse(null), keys.jwksUri())));
  }

  private static List<String> texts(List<RedirectUri> addresses) {
    return addresses.stream().map(RedirectUri::value).toList();
  }

  /// The changed app. What an operator set stays, and a protection that is on stays on.
  static Client of(Client client, AcceptedMetadata accepted) {
    var secrets = client.credentials().secrets();
    var registration = client.registration().at(accepted.allowance().level());
    var changed = accepted.client(client.id(), secrets, registration);
    return changed
        .with(rules(client.rules(), changed.rules()))
        .with(credentials(client.credentials(), changed.credentials()))
        .with(profile(client.profile(), changed.profile()));
  }

  private static ClientRules rules(ClientRules old, ClientRules changed) {
    return new ClientRules(
        old.overrides(),
        old.introspectsAll(),
        old.dpopBound() || changed.dpopBound(),
        old.pushedRequestsOnly() || changed.pushedRequestsOnly());
  }

  private static ClientCredentials credentials(ClientCredentials old, ClientCredentials changed) {
    return new ClientCredentials(
        old.methods(),
        changed.secrets(),
        changed.keys(),
        changed.algorithms(),
        old.issuerAudienceOnly());
  }

  private static ClientProfile profile(ClientProfile old, ClientProfile changed) {
    return new ClientProfile(
        changed.name(),
        old.description(),
        changed.website(),
        changed.privacyPolicy(),
        changed.terms(),
        changed.contacts(),
        changed.launchUrl(),
        changed.afterLogout(),
        changed.softwareId(),
        changed.softwareVersion());
  }
}
