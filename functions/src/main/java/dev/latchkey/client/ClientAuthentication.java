package dev.latchkey.client;

import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Finds out which client calls, and has it prove that (RFC 6749 section 2.3).
public record ClientAuthentication(ClientRegistry clients, SecretHashing hashing) {
  private static final OAuthFailure FAILED =
      OAuthFailure.invalidClient(
          "Client authentication failed. Check client_id and client_secret.");

  /// What the caller says it is.
  private record Claimed(ClientId id, AuthenticationMethod method, Optional<String> secret) {}

  /// The client, once it proved itself the way that it is registered for.
  public Outcome<Client> authenticate(Request request, Parameters form) {
    return claimed(request, form).then(this::prove);
  }

  private Outcome<Client> prove(Claimed claimed) {
    return clients
        .find(claimed.id())
        .filter(client -> client.credentials().methods().contains(claimed.method()))
        .filter(client -> isProven(client, claimed))
        .map(Outcome::success)
        .orElseGet(() -> Outcome.refused(FAILED));
  }

  private boolean isProven(Client client, Claimed claimed) {
    return claimed.method() == AuthenticationMethod.NONE
        || claimed
            .secret()
            .filter(
                secret ->
                    client.credentials().secrets().stream()
                        .anyMatch(kept -> hashing.matches(kept.hash(), secret)))
            .isPresent();
  }

  private static Outcome<Claimed> claimed(Request request, Parameters form) {
    var header = request.header("authorization");
    var bodyId = form.get("client_id");
    var bodySecret = form.get("client_secret");
    if (header.isPresent()) {
      return bodySecret.isPresent()
          ? Outcome.refused(
              OAuthFailure.invalidRequest(
                  "Use one way of client authentication: the Authorization header or"
                      + " client_secret."))
          : fromBasic(header.get(), bodyId);
    }
    if (bodyId.isEmpty()) {
      return Outcome.refused(
          OAuthFailure.invalidClient("The request names no client. Send client_id."));
    }
    var method =
        bodySecret.isPresent()
            ? AuthenticationMethod.CLIENT_SECRET_POST
            : AuthenticationMethod.NONE;
    return Outcome.success(new Claimed(new ClientId(bodyId.get()), method, bodySecret));
  }

  /// RFC 7617, with the form encoding of RFC 6749 section 2.3.1 inside.
  private static Outcome<Claimed> fromBasic(String header, Optional<String> bodyId) {
    var parts = header.strip().split(" +", 2);
    if (parts.length != 2 || !parts[0].toLowerCase(Locale.ROOT).equals("basic")) {
      return Outcome.refused(
          OAuthFailure.invalidClient(
              "The Authorization header of a client uses the Basic scheme."));
    }
    var credentials = decodeBase64(parts[1]).split(":", 2);
    if (credentials.length != 2) {
      return Outcome.refused(FAILED);
    }
    var id = formDecoded(credentials[0]);
    if (bodyId.filter(other -> !other.equals(id)).isPresent()) {
      return Outcome.refused(
          OAuthFailure.invalidRequest("The client_id differs from the Authorization header."));
    }
    return Outcome.success(
        new Claimed(
            new ClientId(id),
            AuthenticationMethod.CLIENT_SECRET_BASIC,
            Optional.of(formDecoded(credentials[1]))));
  }

  private static String decodeBase64(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String formDecoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
