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

/// Reads from a request which client calls, and how it means to prove that. One way at a time: with
/// two it would be open which of them counts (RFC 6749 section 2.3).
final class ClientProofReader {
  /// The one kind of assertion that there is (RFC 7523 section 2.2).
  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  static final OAuthFailure FAILED =
      OAuthFailure.invalidClient(
          "Client authentication failed. Check client_id and client_secret.");

  private ClientProofReader() {}

  static Outcome<ClientProof> read(Request request, Parameters form) {
    var header = request.header("authorization");
    var secret = form.get("client_secret");
    var assertion = form.get("client_assertion");
    if ((header.isPresent() ? 1 : 0)
            + (secret.isPresent() ? 1 : 0)
            + (assertion.isPresent() || form.get("client_assertion_type").isPresent() ? 1 : 0)
        > 1) {
      return Outcome.refused(
          OAuthFailure.invalidRequest(
              "Use one way of client authentication: the Authorization header, client_secret or"
                  + " client_assertion."));
    }
    if (header.isPresent()) {
      return fromBasic(header.get(), form.get("client_id"));
    }
    return assertion.isPresent() || form.get("client_assertion_type").isPresent()
        ? fromAssertion(form, assertion)
        : fromForm(form, secret);
  }

  private static Outcome<ClientProof> fromForm(Parameters form, Optional<String> secret) {
    var id = form.get("client_id").map(ClientId::new);
    if (id.isEmpty()) {
      return Outcome.refused(
          OAuthFailure.invalidClient("The request names no client. Send client_id."));
    }
    return Outcome.success(
        secret.isPresent()
            ? new ClientProof.Secret(
                id.get(), AuthenticationMethod.CLIENT_SECRET_POST, secret.get())
            : new ClientProof.Name(id.get()));
  }

  private static Outcome<ClientProof> fromAssertion(Parameters form, Optional<String> assertion) {
    if (!form.get("client_assertion_type").orElse("").equals(ASSERTION_TYPE)) {
      return Outcome.refused(
          OAuthFailure.invalidClient("The client_assertion_type has to be " + ASSERTION_TYPE));
    }
    var read = assertion.flatMap(ClientAssertion::read);
    if (read.isEmpty()) {
      return Outcome.refused(
          OAuthFailure.invalidClient("The client_assertion is no signed JWT that names its sub."));
    }
    var id = new ClientId(read.get().subject());
    return form.get("client_id").filter(other -> !other.equals(id.value())).isPresent()
        ? Outcome.refused(
            OAuthFailure.invalidClient("The client_id differs from the sub of the assertion."))
        : Outcome.success(new ClientProof.Signed(id, read.get()));
  }

  /// RFC 7617, with the form encoding of RFC 6749 section 2.3.1 inside.
  private static Outcome<ClientProof> fromBasic(String header, Optional<String> bodyId) {
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
        new ClientProof.Secret(
            new ClientId(id),
            AuthenticationMethod.CLIENT_SECRET_BASIC,
            formDecoded(credentials[1])));
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
