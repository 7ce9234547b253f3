package dev.latchkey.registration;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.Entropy;
import dev.latchkey.token.Introspection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The registration endpoint, and one address for each registered app (RFC 7591 section 3, RFC 7592
/// section 2). Pages of any origin may call it: it reads no cookie.
public final class RegistrationEndpoint {
  private final Registering registering;
  private final Managing managing;
  private final RegistrationPolicy policy;
  private final ServerIdentity identity;
  private final JsonResponses responses;
  private final InstantSource clock;

  public RegistrationEndpoint(
      RegistrationPolicy policy,
      RegistrationStores stores,
      Introspection introspection,
      SecretHashing hashing,
      ServerIdentity identity,
      InstantSource clock,
      Entropy entropy) {
    var clients = stores.clients();
    var statements = new SoftwareStatements(policy, identity);
    var devices = new DeviceKeys(introspection, clients, stores.usedIdentifiers(), entropy);
    var admissions = new Admissions(policy, stores.tokens(), devices, entropy);
    var removal = new ClientRemoval(stores.cutoffs(), clients);
    registering =
        new Registering(policy, admissions, statements, stores.counts(), clients, hashing, entropy);
    managing = new Managing(policy, statements, clients, removal, hashing, entropy);
    this.policy = policy;
    this.identity = identity;
    this.responses = JsonResponses.forIssuer(identity.issuer());
    this.clock = clock;
  }

  public Response answer(Request request) {
    var now = clock.instant();
    var id = request.pathParameters().get("client");
    return Cors.open(id == null ? register(request, now) : manage(new ClientId(id), request, now));
  }

  private Response register(Request request, Instant now) {
    return switch (registering.register(request, now)) {
      case Outcome.Success<Registered>(var registered) ->
          responses.created(registered.members(identity));
      case Outcome.Refused<Registered>(var failure) -> refusal(failure, request, now);
    };
  }

  private Response manage(ClientId id, Request request, Instant now) {
    return switch (request.method()) {
      case "DELETE" ->
          switch (managing.remove(id, request, now)) {
            case Outcome.Success<ClientId> _ ->
                new Response(204, Map.of("cache-control", "no-store"), List.of(), "");
            case Outcome.Refused<ClientId>(var failure) -> refusal(failure, request, now);
          };
      case "PUT" -> shown(managing.replace(id, request, now), request, now);
      default -> shown(managing.read(id, request, now), request, now);
    };
  }

  private Response shown(Outcome<Registered> outcome, Request request, Instant now) {
    return switch (outcome) {
      case Outcome.Success<Registered>(var registered) ->
          responses.secret(registered.members(identity));
      case Outcome.Refused<Registered>(var failure) -> refusal(failure, request, now);
    };
  }

  private Response refusal(OAuthFailure failure, Request request, Instant now) {
    var response = responses.failure(failure);
    return switch (failure.status()) {
      case 401 -> response.withHeader("www-authenticate", challenge(request));
      case 429 ->
          response.withHeader(
              "retry-after",
              Long.toString(policy.perCaller().windowEnd(now) - now.getEpochSecond()));
      default -> response;
    };
  }

  /// RFC 6750 section 3: no error code for a request that did not try.
  private static String challenge(Request request) {
    return request.header("authorization").isPresent()
        ? "Bearer realm=\"latchkey\", error=\"invalid_token\""
        : "Bearer realm=\"latchkey\"";
  }
}
