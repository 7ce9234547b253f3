package dev.latchkey.sandbox.portal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.secret.Entropy;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// The demo app's sessions. Tokens stay on the server; the browser holds an unguessable name.
final class DemoSessions {
  private static final String COOKIE = "latchkey-demo";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MOST = 1_000;

  private final Cache<String, DemoSession> sessions =
      Caffeine.newBuilder().expireAfterWrite(LIFETIME).maximumSize(MOST).build();
  private final Entropy entropy;
  private final boolean secure;

  DemoSessions(Entropy entropy, URI issuer) {
    this.entropy = entropy;
    this.secure = "https".equals(issuer.getScheme());
  }

  /// A session and the name under which the browser knows it.
  record Named(String name, DemoSession session) {}

  /// Begins a session under a new name.
  ///
  /// @return the `Set-Cookie` value
  String begin(DemoSession session) {
    var name = unguessable();
    sessions.put(name, session);
    return COOKIE
        + "="
        + name
        + "; Path=/demo; HttpOnly; SameSite=Lax; Max-Age="
        + LIFETIME.toSeconds()
        + (secure ? "; Secure" : "");
  }

  void replace(Named old, DemoSession session) {
    sessions.put(old.name(), session);
  }

  void end(Named session) {
    sessions.invalidate(session.name());
  }

  Optional<Named> find(HttpServletRequest request) {
    return cookies(request)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .flatMap(name -> named(name).stream())
        .findFirst();
  }

  /// A value for a name or a form, 256 bits.
  String unguessable() {
    return entropy.value();
  }

  private Optional<Named> named(String name) {
    return Optional.ofNullable(sessions.getIfPresent(name)).map(found -> new Named(name, found));
  }

  private static Stream<Cookie> cookies(HttpServletRequest request) {
    var cookies = request.getCookies();
    return cookies == null ? Stream.empty() : Arrays.stream(cookies);
  }
}
