package dev.latchkey.client;

import dev.latchkey.http.Json;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A client as one JSON object: the form in which every store keeps it.
///
/// Members that RFC 7591 section 2 names have those names. The same client always gives the same
/// text, so a store can tell by comparing whether a client has changed. A member that is missing
/// means what it meant before there was such a member.
public final class ClientDocument {
  private ClientDocument() {}

  public static Map<String, Object> write(Client client) {
    var members = new LinkedHashMap<String, Object>();
    putProfile(members, client.profile());
    members.put("application_type", client.applicationType().name());
    putCredentials(members, client.credentials());
    members.put("redirect_uris", client.redirectUris().stream().map(RedirectUri::value).toList());
    members.put("grant_types", names(client.grantTypes()));
    members.put("scope", client.scopes().spelled());
    putRules(members, client.rules());
    putRegistration(members, client.registration());
    return members;
  }

  public static Client read(ClientId id, Map<String, Object> document) {
    var members = new Members(document);
    return new Client(
        id,
        profile(members),
        ApplicationType.valueOf(members.text("application_type")),
        credentials(members),
        members.texts("redirect_uris").stream().map(RedirectUri::new).toList(),
        members.texts("grant_types").stream()
            .map(GrantType::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        ScopeSet.parse(members.text("scope")),
        rules(members),
        registration(members));
  }

  private static void putProfile(Map<String, Object> members, ClientProfile profile) {
    members.put("client_name", profile.name());
    members.put("description", profile.description());
    Json.putIfPresent(members, "client_uri", profile.website());
    Json.putIfPresent(members, "policy_uri", profile.privacyPolicy());
    Json.putIfPresent(members, "tos_uri", profile.terms());
    members.put("contacts", profile.contacts());
    Json.putIfPresent(members, "initiate_login_uri", profile.launchUrl());
    members.put(
        "post_logout_redirect_uris",
        profile.afterLogout().stream().map(RedirectUri::value).toList());
    Json.putIfPresent(members, "software_id", profile.softwareId());
    Json.putIfPresent(members, "software_version", profile.softwareVersion());
  }

  private static ClientProfile profile(Members members) {
    return new ClientProfile(
        members.text("client_name"),
        members.text("description"),
        members.optionalText("client_uri"),
        members.optionalText("policy_uri"),
        members.optionalText("tos_uri"),
        members.texts("contacts"),
        members.optionalText("initiate_login_uri"),
        members.texts("post_logout_redirect_uris").stream().map(RedirectUri::new).toList(),
        members.optionalText("software_id"),
        members.optionalText("software_version"));
  }

  private static void putCredentials(Map<String, Object> members, ClientCredentials credentials) {
    members.put("methods", names(credentials.methods()));
    members.put(
        "secrets",
        credentials.secrets().stream()
            .map(
                secret -> {
                  var written = new LinkedHashMap<String, Object>();
                  written.put("hash", secret.hash().value());
                  written.put("iat", secret.issuedAt());
                  written.put("exp", secret.expiresAt());
                  return written;
                })
            .toList());
    Json.putIfPresent(members, "jwks", credentials.keys().jwks());
    Json.putIfPresent(members, "jwks_uri", credentials.keys().jwksUri());
    members.put("algorithms", credentials.algorithms().stream().sorted().toList());
    members.put("issuer_audience_only", credentials.issuerAudienceOnly());
  }

  private static ClientCredentials credentials(Members members) {
    return new ClientCredentials(
        members.texts("methods").stream()
            .map(AuthenticationMethod::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        members.objects("secrets").stream()
            .map(
                secret ->
                    new ClientSecret(
                        new ClientSecretHash(secret.text("hash")),
                        secret.number("iat"),
                        secret.number("exp")))
            .toList(),
        new ClientKeys(members.optionalText("jwks"), members.optionalText("jwks_uri")),
        members.texts("algorithms").stream().collect(Collectors.toUnmodifiableSet()),
        members.flag("issuer_audience_only"));
  }

  private static void putRules(Map<String, Object> members, ClientRules rules) {
    members.put("rotation", rules.overrides().rotation().name());
    members.put("on_reuse", rules.overrides().onReuse().name());
    members.put("introspects_all", rules.introspectsAll());
    members.put("dpop_bound_access_tokens", rules.dpopBound());
    members.put("require_pushed_authorization_requests", rules.pushedRequestsOnly());
  }

  private static ClientRules rules(Members members) {
    return new ClientRules(
        new RefreshOverrides(
            TokenRotation.valueOf(members.text("rotation")),
            ReuseResponse.valueOf(members.text("on_reuse"))),
        members.flag("introspects_all"),
        members.flag("dpop_bound_access_tokens"),
        members.flag("require_pushed_authorization_requests"));
  }

  private static void putRegistration(Map<String, Object> members, Registration registration) {
    members.put("identity", registration.level().name());
    members.put("client_id_issued_at", registration.registeredAt());
    members.put("expires_at", registration.expiresAt());
    members.put("disabled", registration.isDisabled());
    Json.putIfPresent(
        members,
        "management_token",
        Optional.ofNullable(registration.managementToken()).map(SecretHash::value).orElse(null));
  }

  private static Registration registration(Members members) {
    return new Registration(
        IdentityLevel.valueOf(members.text("identity")),
        members.number("client_id_issued_at"),
        members.number("expires_at"),
        members.flag("disabled"),
        Optional.ofNullable(members.optionalText("management_token"))
            .map(SecretHash::new)
            .orElse(null));
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).sorted().toList();
  }

  /// The members of a stored object. A damaged one is a fault, and guessing would hide it.
  private record Members(Map<?, ?> members) {
    String text(String name) {
      var text = optionalText(name);
      if (text == null) {
        throw new IllegalStateException("A stored client has no member " + name);
      }
      return text;
    }

    @Nullable String optionalText(String name) {
      return members.get(name) instanceof String text ? text : null;
    }

    long number(String name) {
      if (members.get(name) instanceof Number number) {
        return number.longValue();
      }
      throw new IllegalStateException("A stored client has no member " + name);
    }

    boolean flag(String name) {
      return Boolean.TRUE.equals(members.get(name));
    }

    List<String> texts(String name) {
      return list(name).stream().map(String::valueOf).toList();
    }

    List<Members> objects(String name) {
      return list(name).stream()
          .filter(Map.class::isInstance)
          .map(entry -> new Members((Map<?, ?>) entry))
          .toList();
    }

    private List<?> list(String name) {
      return members.get(name) instanceof List<?> list ? list : List.of();
    }
  }
}
