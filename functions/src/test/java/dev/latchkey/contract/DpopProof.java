package dev.latchkey.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.http.Json;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A proof that can say anything, also what no library would write.
public final class DpopProof {
  private final ECKey key;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  DpopProof(ECKey key) {
    this.key = key;
  }

  /// With another header parameter.
  ///
  /// @param value null for a header without this parameter
  public DpopProof header(String name, @Nullable Object value) {
    return put(header, name, value);
  }

  /// With another claim.
  ///
  /// @param value null for a proof without this claim
  public DpopProof claim(String name, @Nullable Object value) {
    return put(claims, name, value);
  }

  /// For a request that uses this access token (RFC 9449 section 7).
  public DpopProof forToken(String accessToken) {
    return claim("ath", SecretHash.of(accessToken).value());
  }

  public String text(String claim) {
    return String.valueOf(claims.get(claim));
  }

  public long number(String claim) {
    return Long.parseLong(text(claim));
  }

  ECKey key() {
    return key;
  }

  /// What is signed: header and claims.
  String unsigned() {
    return Base64URL.encode(Json.write(header)) + "." + Base64URL.encode(Json.write(claims));
  }

  /// Signed with ES256, whatever the header says.
  public String signed() {
    try {
      var text = unsigned();
      var signature =
          new ECDSASigner(key)
              .sign(new JWSHeader(JWSAlgorithm.ES256), text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + signature;
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private DpopProof put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
    return this;
  }
}
