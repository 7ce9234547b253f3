package dev.latchkey.registration;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lets a developer look at, change and remove an app, with its registration access token (RFC 7592
/// section 2).
///
/// Each use brings another token, by compare and set: of two uses at once one wins, and a token
/// that leaked is either dead or noticed.
record Managing(
    RegistrationPolicy policy,
    SoftwareStatements statements,
    ClientRegistry clients,
    ClientRemoval removal,
    SecretHashing hashing,
    Entropy entropy) {
  private static final OAuthFailure FAILED =
      RegistrationFailures.token(
          "There is no such app, or the registration access token is not its latest one.");

  /// RFC 7592 section 2.2: what the server alone says.
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "registration_access_token",
          "registration_client_uri",
          "client_secret_expires_at",
          "client_id_issued_at");

  Outcome<Registered> read(ClientId id, Request request, Instant now) {
    return authentic(id, request, now).then(client -> replaced(client, client));
  }

  Outcome<Registered> replace(ClientId id, Request request, Instant now) {
    return authentic(id, request, now)
        .then(
            client ->
                MetadataReader.body(request)
                    .then(members -> about(client, members))
                    .then(members -> changed(client, members, now))
                    .then(changed -> replaced(client, changed)));
  }

  Outcome<ClientId> remove(ClientId id, Request request, Instant now) {
    return authentic(id, request, now)
        .then(
            client -> {
              removal.remove(client.id(), now.getEpochSecond());
              return Outcome.success(client.id());
            });
  }

  /// An unknown app and a wrong token get the same answer, so nobody learns which apps there are.
  private Outcome<Client> authentic(ClientId id, Request request, Instant now) {
    var token = request.bearerToken().orElse("");
    return clients
        .find(id)
        .filter(client -> client.registration().isUsable(now.getEpochSecond()))
        .filter(
            client ->
                Optional.ofNullable(client.registration().managementToken())
                    .filter(kept -> kept.matches(token))
                    .isPresent())
        .map(Outcome::success)
        .orElseGet(() -> Outcome.refused(FAILED));
  }

  private Outcome<Map<String, Object>> about(Client client, Map<String, Object> members) {
    if (!client.id().value().equals(members.get("client_id"))) {
      return refused("Send the client_id of this app in the body too.");
    }
    if (members.keySet().stream().anyMatch(OF_THE_SERVER::contains)) {
      return refused(
          "Leave out registration_access_token, registration_client_uri, client_id_issued_at and"
              + " client_secret_expires_at.");
    }
    var secret = members.get("client_secret");
    return secret != null && !hasSecret(client, String.valueOf(secret))
        ? refused("The client_secret is not the one of this app. Leave it out to keep it.")
        : Outcome.success(members);
  }

  private boolean hasSecret(Client client, String secret) {
    return client.credentials().secrets().stream()
        .anyMatch(kept -> hashing.matches(kept.hash(), secret));
  }

  private Outcome<Client> changed(Client client, Map<String, Object> members, Instant now) {
    return statements
        .read(members, base(client), now)
        .then(
            asked ->
                MetadataReader.read(asked.members())
                    .then(
                        read -> {
                          var change = new ChangedClient(client, read);
                          return change
                              .problem()
                              .map(Outcome::<AcceptedMetadata>refused)
                              .orElseGet(
                                  () ->
                                      new MetadataChecks(policy)
                                          .check(read, change.allowance(asked.allowance())));
                        })
                    .then(checked -> Outcome.success(ChangedClient.of(client, checked))));
  }

  /// What may be registered without a statement: what the app has, and what anybody may.
  private Allowance base(Client client) {
    var level = client.registration().level();
    return new Allowance(
            level == IdentityLevel.VERIFIED ? IdentityLevel.REGISTERED : level,
            client.scopes(),
            client.mayUse(GrantType.CLIENT_CREDENTIALS))
        .or(policy.anybody());
  }

  private Outcome<Registered> replaced(Client seen, Client changed) {
    var token = ManagementToken.fresh(entropy);
    var managed = changed.with(changed.registration().managedWith(SecretHash.of(token)));
    return clients.replace(seen, managed)
        ? Outcome.success(new Registered(managed, null, token, null))
        : Outcome.refused(FAILED);
  }

  private static <T> Outcome<T> refused(String description) {
    return Outcome.refused(RegistrationFailures.metadata(description));
  }
}
