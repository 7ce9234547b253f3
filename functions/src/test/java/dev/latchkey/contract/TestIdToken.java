package dev.latchkey.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An id token whose every part a test chooses, also those that no library would sign.
///
/// @param key that signs it
/// @param signature how, as Java calls it
public record TestIdToken(
    Map<String, Object> header, Map<String, Object> claims, RSAKey key, String signature) {

  /// With another member of the header; null for none.
  public TestIdToken header(String name, @Nullable Object value) {
    return new TestIdToken(changed(header, name, value), claims, key, signature);
  }

  /// With another claim; null for none.
  public TestIdToken claim(String name, @Nullable Object value) {
    return new TestIdToken(header, changed(claims, name, value), key, signature);
  }

  /// Signed by another key.
  public TestIdToken by(JWK signer) {
    return new TestIdToken(header, claims, signer.toRSAKey(), signature);
  }

  /// Signed in another way.
  public TestIdToken signed(String way) {
    return new TestIdToken(header, claims, key, way);
  }

  /// In its compact form.
  public String text() {
    var signed = Base64URL.encode(Json.write(header)) + "." + Base64URL.encode(Json.write(claims));
    try {
      var signing = Signature.getInstance(signature);
      signing.initSign(key.toPrivateKey());
      signing.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64URL.encode(signing.sign());
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> changed(
      Map<String, Object> members, String name, @Nullable Object value) {
    var changed = new LinkedHashMap<>(members);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }
}
