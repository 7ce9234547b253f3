package dev.latchkey.dpop;

import dev.latchkey.client.KeyThumbprint;
import java.util.Optional;

/// A proof, and what it comes with.
///
/// @param header the value of the DPoP header; several are joined by commas
/// @param method of the request
/// @param url of the request as the caller can know it: our public address, never one made from a
///   Host header
/// @param bound the access token that the request uses; empty where one is asked for
public record ProofUse(String header, String method, String url, Optional<Bound> bound) {
  /// An access token and the key that it is bound to.
  public record Bound(String accessToken, KeyThumbprint key) {
    @Override
    public String toString() {
      return "Bound[key=" + key + ", redacted]";
    }
  }

  /// At the token endpoint, where there is no access token yet.
  public static ProofUse forNewToken(String header, String method, String url) {
    return new ProofUse(header, method, url, Optional.empty());
  }

  @Override
  public String toString() {
    return "ProofUse[method=" + method + ", redacted]";
  }
}
