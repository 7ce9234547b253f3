package dev.latchkey.token;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthentication;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import java.time.InstantSource;
import java.util.Map;

/// The revocation endpoint (RFC 7009). `token_type_hint` is not needed: each token says what it is.
public record RevocationEndpoint(
    ClientAuthentication authentication,
    Revocation revocation,
    JsonResponses responses,
    InstantSource clock) {

  public Response answer(Request request) {
    var outcome =
        request
            .readableForm()
            .then(
                form ->
                    authentication
                        .authenticate(request, form)
                        .then(client -> revoke(client, form)));
    return Cors.open(
        switch (outcome) {
          case Outcome.Success<Boolean> _ -> responses.secret(Map.of());
          case Outcome.Refused<Boolean>(var failure) -> responses.refusal(failure, request);
        });
  }

  private Outcome<Boolean> revoke(Client client, Parameters form) {
    var token = form.get("token");
    if (token.isEmpty()) {
      return Outcome.refused(OAuthFailure.invalidRequest("The parameter token is missing."));
    }
    revocation.revoke(token.get(), client.id(), clock.instant().getEpochSecond());
    return Outcome.success(true);
  }
}
