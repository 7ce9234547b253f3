package dev.latchkey.operator;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.Registration;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.http.Outcome;
import dev.latchkey.operator.Command.CreateClient;
import dev.latchkey.registration.AcceptedMetadata;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.MetadataChecks;
import dev.latchkey.registration.MetadataReader;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Registers an app for an operator: by the rules for developers, without their limits.
record ClientCreation(
    RegistrationPolicy policy,
    ClientRegistry clients,
    SecretHashing hashing,
    Entropy entropy,
    InstantSource clock) {

  /// A developer may ask for more than there is; an operator's misspelled scope is a mistake.
  Answer create(CreateClient wanted, boolean dryRun) {
    var unknown = ScopeSet.unknown(String.valueOf(wanted.metadata().getOrDefault("scope", "")));
    if (!unknown.isEmpty()) {
      return new Answer.Refused(
          "invalid_client_metadata",
          "These are no scopes here: %s.".formatted(String.join(" ", unknown)));
    }
    return switch (accepted(wanted)) {
      case Outcome.Refused<AcceptedMetadata>(var failure) ->
          new Answer.Refused(failure.code(), failure.description());
      case Outcome.Success<AcceptedMetadata>(var accepted) -> created(wanted, accepted, dryRun);
    };
  }

  private Outcome<AcceptedMetadata> accepted(CreateClient wanted) {
    return MetadataReader.read(wanted.metadata())
        .then(
            read -> {
              var scopes = ScopeSet.parse(read.scope().orElse(""));
              var allowance = new Allowance(wanted.level(), scopes, true);
              var checks = new MetadataChecks(policy, wanted.introspectsAll());
              return checks.check(read, allowance);
            });
  }

  private Answer created(CreateClient wanted, AcceptedMetadata accepted, boolean dryRun) {
    var level = wanted.level().name().toLowerCase(Locale.ROOT);
    try {
      if (dryRun) {
        var _ = client(new ClientId("app"), List.of(), wanted, accepted);
        return new Answer.Done("An app is registered and counts as %s.".formatted(level));
      }
      var id = ClientId.fresh(entropy);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("client_id", id.value());
      clients.put(client(id, secrets(accepted, facts), wanted, accepted));
      var change = "The app %s is registered and counts as %s.".formatted(id, level);
      return new Answer.Done(List.of(change), facts);
    } catch (IllegalArgumentException e) {
      return new Answer.Refused("invalid_request", e.getMessage() + ".");
    }
  }

  private List<ClientSecret> secrets(AcceptedMetadata accepted, Map<String, Object> facts) {
    if (!accepted.needsSecret()) {
      return List.of();
    }
    var secret = entropy.value();
    facts.put("client_secret", secret);
    return List.of(ClientSecret.of(hashing.hash(secret), clock.instant().getEpochSecond()));
  }

  /// @throws IllegalArgumentException when a public app is to have what only authentication allows
  private Client client(
      ClientId id, List<ClientSecret> secrets, CreateClient wanted, AcceptedMetadata accepted) {
    var registration = Registration.byOperator(clock.instant().getEpochSecond()).at(wanted.level());
    var client = accepted.client(id, secrets, registration);
    var rules = client.rules();
    return client
        .with(client.credentials().forIssuerOnly(wanted.issuerAudienceOnly()))
        .with(
            new ClientRules(
                wanted.overrides(),
                wanted.introspectsAll(),
                rules.dpopBound(),
                rules.pushedRequestsOnly()));
  }
}
