package dev.latchkey.client;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Finds out which client calls, and has it prove that (RFC 6749 section 2.3).
public record ClientAuthentication(
    ClientRegistry clients,
    SecretHashing hashing,
    ClientAssertions assertions,
    WrongSecrets wrongSecrets,
    OperatorEvents events,
    InstantSource clock) {

  private static final OAuthFailure TOO_MANY =
      OAuthFailure.tooManyRequests(
          "Too many wrong secrets were sent for this client. A right one works at any time.");

  /// Over these apps, hashes and assertions.
  public static ClientAuthentication over(
      ClientRegistry clients,
      SecretHashing hashing,
      ClientAssertions assertions,
      OperatorEvents events,
      InstantSource clock) {
    return new ClientAuthentication(
        clients, hashing, assertions, new WrongSecrets(events), events, clock);
  }

  /// The client, once it proved itself the way that it is registered for.
  public Outcome<Client> authenticate(Request request, Parameters form) {
    return authenticate(request, form, Outcome::success);
  }

  /// The same for an endpoint that is not for every client.
  ///
  /// @param further what else holds for a client there; a refusal with `invalid_client` counts too
  public Outcome<Client> authenticate(
      Request request, Parameters form, Function<Client, Outcome<Client>> further) {
    var proof = ClientProofReader.read(request, form);
    var named =
        proof instanceof Outcome.Success<ClientProof>(var read)
            ? clients.find(read.id())
            : Optional.<Client>empty();
    return told(named, proof.then(read -> prove(read, named, request.path())).then(further));
  }

  /// Operators see how many fail, also those that count nowhere else: unknown ones, and bad
  /// assertions.
  private Outcome<Client> told(Optional<Client> named, Outcome<Client> outcome) {
    if (outcome instanceof Outcome.Refused<Client>(var failure)
        && failure.code().equals(ClientProofReader.FAILED.code())) {
      events.report(
          OperatorEvent.invalidClient(named.map(client -> client.id().value()).orElse("")));
    }
    return outcome;
  }

  /// A client that is switched off or was never used in time is as good as unknown, and so is one
  /// that proves itself in another way than it registered for: else a stolen name or secret would
  /// be enough where a key is asked for (RFC 9700 section 2.5).
  private Outcome<Client> prove(ClientProof proof, Optional<Client> named, String path) {
    var now = clock.instant();
    return named
        .filter(client -> client.registration().isUsable(now.getEpochSecond()))
        .filter(client -> client.credentials().methods().contains(proof.method()))
        .map(client -> prove(proof, client, path, now))
        .orElseGet(() -> Outcome.refused(ClientProofReader.FAILED));
  }

  private Outcome<Client> prove(ClientProof proof, Client client, String path, Instant now) {
    return switch (proof) {
      case ClientProof.Name _ -> Outcome.success(client);
      case ClientProof.Secret secret ->
          matches(client, secret.secret(), now)
              ? Outcome.success(client)
              : Outcome.refused(
                  wrongSecrets.isTooMany(client.id(), now.getEpochSecond())
                      ? TOO_MANY
                      : ClientProofReader.FAILED);
      case ClientProof.Signed signed -> assertions.prove(signed.assertion(), client, path, now);
    };
  }

  private boolean matches(Client client, String secret, Instant now) {
    return client.credentials().secrets().stream()
        .filter(kept -> kept.isLive(now.getEpochSecond()))
        .anyMatch(kept -> hashing.matches(kept.hash(), secret));
  }
}
