package dev.latchkey.token;

import com.nimbusds.jose.JOSEObjectType;
import dev.latchkey.client.ClientId;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.TokenSigner;
import java.util.Optional;

/// Reads id tokens that come back as a hint of who is meant (`id_token_hint`). They are mostly past
/// their time by then, and that is no reason to refuse one (OpenID Connect RP-Initiated Logout 1.0
/// section 2).
public record IdTokenReader(ServerIdentity identity, TokenSigner signer) {

  /// Who is meant, and the app that the id token was for.
  public record Hint(String subject, ClientId client) {}

  /// Empty for everything that this server did not sign as an id token.
  public Optional<Hint> read(String token) {
    return new OwnSignatures(identity, signer)
        .claims(token, JOSEObjectType.JWT)
        .filter(claims -> claims.getAudience().size() == 1)
        .map(
            claims -> new Hint(claims.getSubject(), new ClientId(claims.getAudience().getFirst())));
  }
}
