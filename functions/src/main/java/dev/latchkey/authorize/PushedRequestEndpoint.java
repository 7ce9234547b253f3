package dev.latchkey.authorize;

import dev.latchkey.client.ClientAuthentication;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.Lifetimes;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The pushed authorization request endpoint (RFC 9126 section 2): a client that proved itself as
/// at the token endpoint, then its request.
public record PushedRequestEndpoint(
    ClientAuthentication authentication,
    RequestPushing pushing,
    JsonResponses responses,
    InstantSource clock) {

  /// Bytes of a body. A request for every scope there is stays below it.
  private static final int LONGEST = 16_384;

  public Response answer(Request request) {
    var outcome =
        readable(request)
            .then(
                form ->
                    authentication
                        .authenticate(request, form)
                        .then(client -> pushing.push(client, form, clock.instant())));
    return Cors.open(
        switch (outcome) {
          case Outcome.Success<RequestUri>(var uri) -> responses.created(members(uri));
          case Outcome.Refused<RequestUri>(var failure) -> responses.refusal(failure, request);
        });
  }

  /// RFC 9126 section 2.3: 413 for a request that is too large.
  private static Outcome<Parameters> readable(Request request) {
    return request.body().length > LONGEST
        ? Outcome.refused(
            new OAuthFailure(
                "invalid_request", 413, "The request is longer than " + LONGEST + " bytes."))
        : request.readableForm();
  }

  private static Map<String, Object> members(RequestUri uri) {
    var members = new LinkedHashMap<String, Object>();
    members.put("request_uri", uri.value());
    members.put("expires_in", Lifetimes.PUSHED_REQUEST.toSeconds());
    return members;
  }
}
