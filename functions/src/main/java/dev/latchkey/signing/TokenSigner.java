package dev.latchkey.signing;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;

/// Signs tokens: with a key that never leaves its keeper, or access tokens with one that lives for
/// a day.
public interface TokenSigner {
  /// Signs claims as a compact JWS (RFC 7515) with the current key. The header carries `alg`, the
  /// given `typ`, and as `kid` the key's RFC 7638 thumbprint.
  String sign(JWTClaimsSet claims, JOSEObjectType type);

  /// The public keys that verifiers may meet, without private members (RFC 7517).
  JWKSet published();

  /// The `kid` of a key, whether it is in use or not.
  ///
  /// @param arn of the key
  /// @throws dev.latchkey.http.Unavailable when its keeper does not answer, has no such RSA key, or
  ///   does not let this server read it
  String keyId(String arn);
}
