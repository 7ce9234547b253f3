package dev.latchkey.token;

import dev.latchkey.client.Client;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// The introspection endpoint (RFC 7662). Whatever the caller may not know about, and whatever is
/// no usable access token, gets one and the same answer (section 2.2).
public record IntrospectionEndpoint(
    IntrospectionCaller caller,
    Introspection introspection,
    JsonResponses responses,
    InstantSource clock) {
  private static final Map<String, Object> INACTIVE = Map.of("active", false);

  public Response answer(Request request) {
    var now = clock.instant();
    var outcome =
        request
            .readableForm()
            .then(
                form ->
                    caller
                        .identify(request, form, now)
                        .then(client -> introspect(client, form, now)));
    return Cors.open(
        switch (outcome) {
          case Outcome.Success<Map<String, Object>>(var members) -> responses.secret(members);
          case Outcome.Refused<Map<String, Object>>(var failure) ->
              responses.refusal(failure, request);
        });
  }

  private Outcome<Map<String, Object>> introspect(Client client, Parameters form, Instant now) {
    var token = form.get("token");
    if (token.isEmpty()) {
      return Outcome.refused(OAuthFailure.invalidRequest("The parameter token is missing."));
    }
    return Outcome.success(
        introspection
            .of(token.get(), now)
            .filter(
                active -> client.rules().introspectsAll() || active.client().equals(client.id()))
            .map(Introspection.Active::members)
            .orElse(INACTIVE));
  }
}
