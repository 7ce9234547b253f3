package dev.latchkey.client;

import dev.latchkey.secret.Entropy;
import java.util.Base64;

/// The server-chosen name of a registered app (RFC 6749 section 2.2). It is public.
public record ClientId(String value) {
  /// Neither a user's `sub` nor a name of an operator's choice looks like this (RFC 9700 section
  /// 4.15).
  private static final String PREFIX = "app-";

  private static final int BYTES = 16;

  public static ClientId fresh(Entropy entropy) {
    return new ClientId(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(BYTES)));
  }

  @Override
  public String toString() {
    return value;
  }
}
