package dev.latchkey.endpoint;

import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.DpopProof;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.time.Instant;

/// A deployment with apps that prove that they hold a key, and what they send to it.
final class ProvingApps {
  static final String TOKEN = LocalWiring.ISSUER + "/token";

  final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.claimedApp())
          .seed(TestClients.dpopApp())
          .seed(TestClients.webApp());
  final TokenFunction tokens = new TokenFunction(local.wiring());
  final Grants grants = new Grants(local);
  final DpopKey key = DpopKey.make();
  final DpopKey thiefs = DpopKey.make();

  Instant now() {
    return local.clock().instant();
  }

  String nonce() {
    return local.wiring().boundTokens().freshNonce(now());
  }

  /// A proof for the token endpoint that nothing is wrong with.
  DpopProof proof() {
    return proof(key);
  }

  DpopProof proof(DpopKey by) {
    return by.proof("POST", TOKEN, now()).claim("nonce", nonce());
  }

  /// A native app that is connected with its key.
  Answer connect() {
    return grants.exchange(grants.nativeCode()).header("dpop", proof().signed()).to(tokens);
  }

  /// @param proof the value of the DPoP header
  Answer exchange(String code, String proof) {
    return grants.exchange(code).header("dpop", proof).to(tokens);
  }

  Answer refresh(String token, String proof) {
    return grants.refresh(token).header("dpop", proof).to(tokens);
  }

  String codeFor(DpopKey named) {
    return grants.code(
        TestClients.NATIVE, TestClients.NATIVE_REDIRECT, Grants.SCOPE, named.thumbprint());
  }
}
