package dev.latchkey.authorize;

import dev.latchkey.client.ClientId;

/// An authorization request that an app handed in before it sent the browser (RFC 9126).
///
/// @param client the app that it belongs to
/// @param parameters encoded as in a query, in ASCII, without what the app authenticated with
/// @param expiresAt seconds since the epoch
public record PushedRequest(ClientId client, String parameters, long expiresAt) {
  @Override
  public String toString() {
    return "PushedRequest[client=" + client + ", redacted]";
  }
}
