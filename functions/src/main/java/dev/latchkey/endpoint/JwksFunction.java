package dev.latchkey.endpoint;

import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.wiring.Wiring;

/// `GET /jwks`: the public keys (RFC 7517 section 5).
public final class JwksFunction extends HttpFunction {
  private static final int MAX_AGE = (int) SigningKeyPolicy.KEY_SET_AGE.toSeconds();

  private final TokenSigner signer;
  private final JsonResponses responses;

  /// As Lambda makes it, wired from the environment.
  public JwksFunction() {
    this(Wiring.onAws());
  }

  public JwksFunction(Wiring wiring) {
    super(wiring);
    signer = wiring.signer();
    responses = wiring.responses();
  }

  @Override
  protected Response answer(Request request) {
    return Cors.open(responses.document(signer.published().toJSONObject(true), MAX_AGE));
  }
}
