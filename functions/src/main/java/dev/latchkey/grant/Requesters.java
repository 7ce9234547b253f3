package dev.latchkey.grant;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthentication;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.dpop.ProofUse;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import java.time.Instant;
import java.util.Optional;

/// Finds out who calls: first which client, then which key it holds, if it says that it holds one.
public record Requesters(
    ClientAuthentication authentication, ProofChecks proofs, ServerIdentity identity) {

  /// The client, once it proved itself the way that it is registered for (RFC 6749 section 3.2.1).
  public Outcome<Client> client(Request request, Parameters form) {
    return authentication.authenticate(request, form);
  }

  /// The client with its key (RFC 9449 section 5). A client that is registered for bound tokens
  /// gets no others (section 5.2).
  public Outcome<Requester> withKey(Client client, Request request, Instant now) {
    var proof = request.header(ProofChecks.PROOF_HEADER);
    if (proof.isEmpty()) {
      return client.rules().dpopBound()
          ? Outcome.refused(
              OAuthFailure.invalidProof(
                  "This app gets tokens only with a DPoP proof. Send one in the DPoP header."))
          : Outcome.success(new Requester(client, Optional.empty()));
    }
    var use = ProofUse.forNewToken(proof.get(), request.method(), identity.url(request.path()));
    return proofs
        .check(use, now)
        .then(key -> Outcome.success(new Requester(client, Optional.of(key))));
  }

  /// The answer with a nonce for the next proof, where the caller sent one (section 8.2).
  public Response withNonce(Response response, Request request, Instant now) {
    return request.header(ProofChecks.PROOF_HEADER).isPresent()
        ? response.withHeader(ProofChecks.NONCE_HEADER, proofs.freshNonce(now))
        : response;
  }
}
