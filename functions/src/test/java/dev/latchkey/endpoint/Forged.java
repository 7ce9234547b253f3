package dev.latchkey.endpoint;

/// Headers in which proxies say where a request came from and was sent to, as anybody can send
/// them.
final class Forged {
  private Forged() {}

  static Call headers(Call call) {
    return call.header("host", "evil.example")
        .header("forwarded", "for=203.0.113.66;host=evil.example;proto=http")
        .header("x-forwarded-for", "203.0.113.66")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-port", "8443")
        .header("x-forwarded-prefix", "/evil.example")
        .header("x-forwarded-proto", "http")
        .header("x-original-host", "evil.example")
        .header("x-original-url", "/register/evil.example")
        .header("x-real-ip", "203.0.113.66")
        .header("x-client-ip", "203.0.113.66")
        .header("true-client-ip", "203.0.113.66")
        .header("cf-connecting-ip", "203.0.113.66")
        .header("cloudfront-viewer-address", "203.0.113.66:443")
        .header("x-latchkey-caller-address", "203.0.113.66")
        .header("x-latchkey-origin-secret", "not-a-secret");
  }
}
