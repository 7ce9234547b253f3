package dev.latchkey.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.http.Json;
import java.time.Instant;
import java.util.UUID;

/// A key that an app keeps on a device, and the proofs that it makes with it (RFC 9449 section
/// 4.2).
///
/// ```java
/// var key = DpopKey.make();
/// var proof = key.proof("POST", "https://latchkey.example/token", now).claim("nonce", nonce).signed();
/// ```
public record DpopKey(ECKey key) {
  public static DpopKey make() {
    try {
      return new DpopKey(new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How tokens name this key.
  public KeyThumbprint thumbprint() {
    return KeyThumbprint.of(key);
  }

  /// A proof for a request of this minute, with an id of its own and without a nonce.
  public DpopProof proof(String method, String url, Instant now) {
    return new DpopProof(key)
        .header("typ", "dpop+jwt")
        .header("alg", "ES256")
        .header("jwk", Json.readObject(key.toPublicJWK().toJSONString()))
        .claim("jti", UUID.randomUUID().toString())
        .claim("htm", method)
        .claim("htu", url)
        .claim("iat", now.getEpochSecond());
  }
}
