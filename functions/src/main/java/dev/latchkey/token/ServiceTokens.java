package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientId;
import java.util.Optional;

/// What tells an access token that a backend service got for itself from one that a user allowed.
///
/// Such a token names no grant (`sid`), and its subject is the service. A subject of a user and the
/// id of a client could be the same word, so it says in a claim of its own how it was got (RFC 9700
/// section 4.15).
public final class ServiceTokens {
  static final String CLAIM = "gty";
  static final String CLIENT_CREDENTIALS = "client_credentials";

  private ServiceTokens() {}

  /// The service that a token belongs to; empty for a token that a user allowed, and for one that
  /// is neither.
  public static Optional<ClientId> owner(JWTClaimsSet claims) {
    return CLIENT_CREDENTIALS.equals(claims.getClaim(CLAIM))
            && claims.getClaim("sid") == null
            && claims.getClaim("client_id") instanceof String client
            && client.equals(claims.getSubject())
        ? Optional.of(new ClientId(client))
        : Optional.empty();
  }
}
