package dev.latchkey.logout;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.Parameters;
import dev.latchkey.token.IdTokenReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What an app asks for at `/logout` (RP-Initiated Logout 1.0 section 2), as far as it can be
/// believed.
///
/// @param client the app, if it is known here
/// @param subject of the id token that it sent, if this server made it for this app
/// @param destination where the browser goes in the end, if the app registered that
record LogoutRequest(
    Parameters parameters,
    Optional<Client> client,
    Optional<String> subject,
    Optional<Destination> destination) {
  private static final String HINT = "id_token_hint";
  private static final String CLIENT = "client_id";
  private static final String ADDRESS = "post_logout_redirect_uri";
  private static final String STATE = "state";

  /// An id token that is not ours, or that was made for another app than `client_id` names, is
  /// worth nothing, and then the address is not believed either.
  static LogoutRequest read(
      Parameters parameters, ClientRegistry clients, IdTokenReader idTokens, Instant now) {
    var named = parameters.get(CLIENT).map(ClientId::new);
    var hint =
        parameters
            .get(HINT)
            .flatMap(idTokens::read)
            .filter(read -> named.isEmpty() || named.get().equals(read.client()));
    var client =
        named
            .or(() -> hint.map(IdTokenReader.Hint::client))
            .flatMap(clients::find)
            .filter(app -> app.registration().isUsable(now.getEpochSecond()));
    var isContradictory = parameters.get(HINT).isPresent() && hint.isEmpty();
    var destination =
        client.filter(_ -> !isContradictory).flatMap(app -> destination(app, parameters));
    return new LogoutRequest(
        parameters, client, hint.map(IdTokenReader.Hint::subject), destination);
  }

  private static Optional<Destination> destination(Client app, Parameters parameters) {
    return parameters
        .get(ADDRESS)
        .flatMap(address -> Destination.of(app, address, parameters.get(STATE).orElse("")));
  }

  boolean isAbout(String user) {
    return subject.filter(user::equals).isPresent();
  }

  /// What our own form has to repeat, so that its answer leads where the request would.
  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    if (destination.isPresent()) {
      client.ifPresent(app -> fields.put(CLIENT, app.id().value()));
      repeat(ADDRESS, fields);
      repeat(STATE, fields);
    }
    repeat("ui_locales", fields);
    return fields;
  }

  private void repeat(String name, Map<String, String> fields) {
    parameters.get(name).ifPresent(value -> fields.put(name, value));
  }
}
