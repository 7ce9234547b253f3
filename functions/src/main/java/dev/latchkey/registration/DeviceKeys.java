package dev.latchkey.registration;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.token.Introspection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lets one installed copy of a public native app register a key of its own, with an access token
/// that a patient allowed it. From then on that copy is a confidential client (RFC 8252 section
/// 8.5, docs/registering-apps.md).
record DeviceKeys(
    Introspection introspection,
    ClientRegistry clients,
    UsedIdentifiers usedIdentifiers,
    Entropy entropy) {

  /// A copy that may register.
  ///
  /// @param app that it is a copy of
  /// @param scopes what the patient allowed, and for how long the app may ask
  /// @param grant id of the grant, the same for every token of this copy
  /// @param token hash that stands for this access token
  /// @param expiresAt when the access token ends, seconds since the epoch
  record Copy(Client app, ScopeSet scopes, String grant, SecretHash token, long expiresAt) {}

  /// The copy that holds an access token, while the token can be used.
  Outcome<Copy> admit(String accessToken, Instant now) {
    return introspection
        .of(accessToken, now)
        // Whoever copied a token that is bound to a key does not have the key.
        .filter(active -> active.claims().getClaim("cnf") == null)
        .flatMap(active -> clients.find(active.client()).map(app -> copy(app, active)))
        .filter(copy -> copy.app().registration().isUsable(now.getEpochSecond()))
        .map(DeviceKeys::ofNativeApp)
        .orElseGet(() -> Outcome.refused(Admissions.BAD_TOKEN));
  }

  private static Outcome<Copy> ofNativeApp(Copy copy) {
    return copy.app().isPublic() && copy.app().applicationType() == ApplicationType.NATIVE
        ? Outcome.success(copy)
        : Outcome.refused(
            RegistrationFailures.token(
                "Only a public native app registers a key of its own with an access token."));
  }

  private static Copy copy(Client app, Introspection.Active active) {
    var allowed = ScopeSet.parse(String.valueOf(active.claims().getClaim("scope")));
    var durations =
        Stream.<Scope>of(NamedScope.OFFLINE_ACCESS, NamedScope.ONLINE_ACCESS)
            .filter(app.scopes()::covers);
    return new Copy(
        app,
        new ScopeSet(Stream.concat(allowed.scopes().stream(), durations).toList()),
        String.valueOf(active.claims().getClaim("sid")),
        SecretHash.of("device key " + active.claims().getJWTID()),
        active.claims().getExpirationTime().toInstant().getEpochSecond());
  }

  /// What a copy may register.
  static Allowance allowance(Copy copy) {
    return new Allowance(copy.app().registration().level(), copy.scopes(), false);
  }

  /// The metadata with what every copy has in common, whatever was sent: the patient knows the app
  /// by it.
  static Map<String, Object> members(Copy copy, Map<String, Object> asked) {
    var members = new LinkedHashMap<>(asked);
    var profile = copy.app().profile();
    members.put("client_name", profile.name());
    members.put("client_uri", profile.website());
    members.put("policy_uri", profile.privacyPolicy());
    members.put("tos_uri", profile.terms());
    members.put("contacts", new ArrayList<>(profile.contacts()));
    return members;
  }

  /// What keeps this from being the key of this copy; empty when nothing does.
  static Optional<OAuthFailure> problem(Copy copy, ClientMetadata asked) {
    if (!names(copy.app()).contains(asked.softwareId().orElse(""))) {
      return refuse("The software_id is not the one of the app that the access token is for.");
    }
    if (asked.applicationType() != ApplicationType.NATIVE || !asked.hasKey()) {
      return refuse(
          "A copy registers as application_type native with token_endpoint_auth_method"
              + " private_key_jwt.");
    }
    if (asked
        .jwks()
        .map(jwks -> jwks.get("keys") instanceof List<?> keys && keys.size() == 1)
        .filter(one -> one)
        .isEmpty()) {
      return refuse("A copy registers exactly one key, in jwks.");
    }
    if (!Set.copyOf(asked.redirectUris()).equals(redirectUris(copy.app()))) {
      return Optional.of(
          RegistrationFailures.redirectUri("A copy has the same redirect_uris as its app."));
    }
    return asked
            .scope()
            .map(ScopeSet::parse)
            .filter(scope -> !copy.scopes().coversAll(scope))
            .isPresent()
        ? refuse("A copy has no more scopes than its access token.")
        : Optional.empty();
  }

  /// Uses the access token for this once.
  boolean use(Copy copy, Instant now) {
    return usedIdentifiers.use(copy.token(), entropy.value(), copy.expiresAt(), now);
  }

  private static Set<String> names(Client app) {
    return Stream.of(Optional.of(app.id().value()), Optional.ofNullable(app.profile().softwareId()))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Set<String> redirectUris(Client app) {
    return app.redirectUris().stream().map(RedirectUri::value).collect(Collectors.toSet());
  }

  private static Optional<OAuthFailure> refuse(String description) {
    return Optional.of(RegistrationFailures.metadata(description));
  }
}
