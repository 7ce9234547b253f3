package dev.latchkey.conformance.app;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/// How an app proves that it is itself.
public sealed interface Credential {
  /// A public app: not at all.
  record None() implements Credential {}

  /// A shared secret, sent as Basic.
  record Secret(String value) implements Credential {
    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /// Private keys; the first one signs.
  record Keys(List<JWK> keys) implements Credential {
    public Keys {
      keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
      return "Keys[]";
    }
  }
}
