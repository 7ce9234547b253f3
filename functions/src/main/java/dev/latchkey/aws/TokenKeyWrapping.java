package dev.latchkey.aws;

import dev.latchkey.family.TokenKey;
import dev.latchkey.family.WrappedTokenKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes and unwraps token keys. The encryption context names the id too, so that another key of
/// ours under this id is refused.
record TokenKeyWrapping(DataKeys dataKeys) {
  /// A new key, wrapped for that id.
  byte[] fresh(int id) {
    return dataKeys.fresh(context(id));
  }

  TokenKey unwrap(WrappedTokenKey key) {
    return TokenKey.of(key.id(), stretched(dataKeys.unwrap(key.wrapped(), context(key.id()))));
  }

  /// HKDF-Expand (RFC 5869 section 2.3) to the two halves of a token key. The data key is uniformly
  /// random, so it needs no extraction.
  private static byte[] stretched(byte[] dataKey) {
    try {
      var key = new SecretKeySpec(dataKey, "HKDF");
      var info = "latchkey refresh token".getBytes(StandardCharsets.US_ASCII);
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(HKDFParameterSpec.expandOnly(key, info, TokenKey.BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF", e);
    }
  }

  private static Map<String, String> context(int id) {
    return Map.of("use", "rt", "kid", Integer.toString(id));
  }
}
