package dev.latchkey.grant;

import dev.latchkey.client.Client;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.token.TokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// The token endpoint (RFC 6749 section 3.2): who calls, with what grant, and what comes of it.
///
/// The order is fixed: readable parameters, then a client that proved itself, then a grant that can
/// be read, then the proof of a key if there is one, and then what the grant is worth. A stranger
/// learns nothing about grants.
public record TokenEndpoint(
    Requesters requesters,
    CodeExchange codeExchange,
    Refreshing refreshing,
    ServiceAccess serviceAccess,
    TokenExchange tokenExchange,
    ServerIdentity identity,
    JsonResponses responses,
    InstantSource clock) {

  /// Serves every grant.
  public Response answer(Request request) {
    return answer(request, Grant::read);
  }

  /// Serves the refresh grant alone.
  public Response answerRefresh(Request request) {
    return answer(request, Grant::readRefreshOnly);
  }

  private Response answer(Request request, Function<Parameters, Outcome<Grant>> read) {
    var now = clock.instant();
    var outcome = request.readableForm().then(form -> outcome(request, form, read, now));
    var response =
        switch (outcome) {
          case Outcome.Success<TokenResponse>(var tokens) -> responses.secret(tokens.members());
          case Outcome.Refused<TokenResponse>(var failure) -> responses.refusal(failure, request);
        };
    return Cors.open(requesters.withNonce(response, request, now));
  }

  private Outcome<TokenResponse> outcome(
      Request request, Parameters form, Function<Parameters, Outcome<Grant>> read, Instant now) {
    return requesters
        .client(request, form)
        .then(
            client ->
                target(form)
                    .then(read)
                    .then(grant -> permitted(client, grant))
                    .then(
                        grant ->
                            requesters
                                .withKey(client, request, now)
                                .then(requester -> serve(requester, grant, now))));
  }

  /// RFC 8707 section 2: every token is for our one FHIR base, so no other can be asked for.
  private Outcome<Parameters> target(Parameters form) {
    return form.get("resource").filter(one -> !identity.isFhirBase(one)).isPresent()
        ? Outcome.refused(OAuthFailure.invalidTarget("The parameter resource"))
        : Outcome.success(form);
  }

  private static Outcome<Grant> permitted(Client client, Grant grant) {
    return client.mayUse(grant.type())
        ? Outcome.success(grant)
        : Outcome.refused(
            new OAuthFailure(
                "unauthorized_client",
                400,
                "This app is not registered for the grant type " + grant.type().registeredName()));
  }

  private Outcome<TokenResponse> serve(Requester requester, Grant grant, Instant now) {
    return switch (grant) {
      case Grant.AuthorizationCode code -> codeExchange.exchange(requester, code, now);
      case Grant.Refresh refresh -> refreshing.refresh(requester, refresh, now);
      case Grant.Exchange exchange -> tokenExchange.exchange(requester, exchange, now);
      case Grant.ClientCredentials asked -> serviceAccess.grant(requester, asked, now);
    };
  }
}
