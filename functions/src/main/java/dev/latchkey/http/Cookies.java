package dev.latchkey.http;

import java.util.Optional;

/// The two cookies of the patient's browser.
///
/// On https they carry the `__Host-` prefix and `Secure`, so that no other host and no plain
/// connection can plant or read them (RFC 6265bis section 4.1.3). A sandbox on `http://localhost`
/// goes without both, since many clients refuse them there.
public record Cookies(boolean secure) {
  /// Binds a pending authorization to the browser that started it, before anybody signed in.
  public static final String BROWSER = "latchkey-browser";

  /// Names the signed-in session; new at each sign-in.
  public static final String SESSION = "latchkey-session";

  /// The rules for a server at this issuer.
  public static Cookies forIssuer(String issuer) {
    return new Cookies(issuer.startsWith("https://"));
  }

  public Optional<String> read(Request request, String name) {
    return request.cookie(fullName(name)).filter(value -> !value.isEmpty());
  }

  /// A `Set-Cookie` value. `SameSite=Lax` rather than `Strict`: a patient arrives from the app's
  /// site.
  public String set(String name, String value) {
    return fullName(name)
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  /// A `Set-Cookie` value that deletes the cookie.
  public String clear(String name) {
    return set(name, "") + "; Max-Age=0";
  }

  private String fullName(String name) {
    return secure ? "__Host-" + name : name;
  }
}
