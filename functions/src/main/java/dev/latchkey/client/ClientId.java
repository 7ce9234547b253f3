package dev.latchkey.client;

/// The server-chosen name of a registered app (RFC 6749 section 2.2). It is public.
public record ClientId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
