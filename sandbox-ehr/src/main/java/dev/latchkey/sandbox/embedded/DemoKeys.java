package dev.latchkey.sandbox.embedded;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.secret.WrappedKeys;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;

/// Key pairs of the demo apps that sign. Each sandbox makes its own and keeps them in its stores.
///
/// The private half is public on purpose, as the secrets of the other demo apps are: a developer
/// finds it at `/sandbox/apps`. So it is kept as it is, among keys that are wrapped.
public final class DemoKeys {
  private final WrappedKeys kept;

  public DemoKeys(WrappedKeys kept) {
    this.kept = kept;
  }

  /// The same apps; those that sign have their private key.
  public List<DemoApp> with(List<DemoApp> apps) {
    return apps.stream()
        .map(app -> app.signs() ? app.with(of(app.clientId()).toJSONObject()) : app)
        .toList();
  }

  /// The key pair of an app, made when it is first asked for.
  ECKey of(String clientId) {
    var use = "demo-key-of-" + clientId;
    var key =
        kept.find(use)
            .orElseGet(
                () -> kept.keepFirst(use, fresh().toJSONString().getBytes(StandardCharsets.UTF_8)));
    try {
      return ECKey.parse(new String(key, StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new IllegalStateException("The stored key of " + clientId + " is damaged", e);
    }
  }

  private static ECKey fresh() {
    try {
      return new ECKeyGenerator(Curve.P_384)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES384)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has P-384", e);
    }
  }
}
