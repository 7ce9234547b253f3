package dev.latchkey.operator;

import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegisteredMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// An app as operators see it. What RFC 7591 section 2 names has that name. No secret is in it, and
/// nothing by which one could be told.
///
/// @param now seconds since the epoch
record ClientFacts(Client client, long now) {

  /// One line of a list.
  Map<String, Object> brief() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("client_id", client.id().value());
    facts.put("client_name", client.name());
    facts.put("identity", lower(client.registration().level()));
    facts.put("state", state());
    facts.put("registeredAt", time(client.registration().registeredAt()));
    return facts;
  }

  Map<String, Object> full() {
    var facts = brief();
    var expiresAt = client.registration().expiresAt();
    if (expiresAt != Lifetimes.END_OF_TIME) {
      facts.put("expiresAt", time(expiresAt));
    }
    facts.putAll(new RegisteredMetadata(client).members());
    putCredentials(facts);
    facts.put("rotation", lower(client.rules().overrides().rotation()));
    facts.put("onReuse", lower(client.rules().overrides().onReuse()));
    facts.put("introspectsAll", client.rules().introspectsAll());
    return facts;
  }

  private void putCredentials(Map<String, Object> facts) {
    var credentials = client.credentials();
    facts.put("authentication", names(credentials.methods()));
    if (credentials.hasKey()) {
      facts.put("algorithms", credentials.algorithms().stream().sorted().toList());
      facts.put("issuerAudienceOnly", credentials.issuerAudienceOnly());
    }
    if (credentials.hasSecret()) {
      facts.put("secrets", credentials.secrets().stream().map(this::secret).toList());
    }
  }

  private Map<String, Object> secret(ClientSecret secret) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("issuedAt", time(secret.issuedAt()));
    if (secret.expiresAt() != Lifetimes.END_OF_TIME) {
      facts.put("expiresAt", time(secret.expiresAt()));
    }
    facts.put("state", secret.isLive(now) ? "works" : "ended");
    return facts;
  }

  private String state() {
    if (client.registration().isDisabled()) {
      return "disabled";
    }
    return client.registration().isUsable(now) ? "enabled" : "expired";
  }

  private static List<String> names(Collection<AuthenticationMethod> methods) {
    return methods.stream()
        .map(AuthenticationMethod::registeredName)
        .sorted()
        .collect(Collectors.toList());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
