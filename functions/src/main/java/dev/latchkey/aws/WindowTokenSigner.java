package dev.latchkey.aws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.http.Unavailable;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.AccessTokens;
import java.util.stream.Stream;

/// Signs access tokens with ES256 and the window key of the day, in this process. KMS signs
/// everything else, and access tokens too while there is no window key that every verifier can
/// know.
public final class WindowTokenSigner implements TokenSigner {
  private final KmsTokenSigner kms;
  private final WindowKeys windows;
  private final OperatorEvents events;

  WindowTokenSigner(KmsTokenSigner kms, WindowKeys windows, OperatorEvents events) {
    this.kms = kms;
    this.windows = windows;
    this.events = events;
  }

  @Override
  public String sign(JWTClaimsSet claims, JOSEObjectType type) {
    if (!AccessTokens.TYPE.equals(type)) {
      return kms.sign(claims, type);
    }
    return windows
        .current()
        .map(key -> signed(key, claims, type))
        .orElseGet(() -> kms.sign(claims, type));
  }

  @Override
  public JWKSet published() {
    var keys = windows.published().stream().<JWK>map(WindowKey::publicKey);
    return new JWKSet(Stream.concat(kms.published().getKeys().stream(), keys).toList());
  }

  @Override
  public String keyId(String arn) {
    return kms.keyId(arn);
  }

  /// The library takes the randomness of each signature from the operating system, anew each time:
  /// a restored snapshot that repeated one would give the key away.
  private String signed(WindowKey key, JWTClaimsSet claims, JOSEObjectType type) {
    try {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(type)
              .keyID(key.publicKey().getKeyID())
              .build();
      var jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(windows.open(key), Curve.P_256));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Java signs with P-256", e);
    } catch (Unavailable failure) {
      events.report(OperatorEvent.signFailed());
      throw failure;
    }
  }
}
