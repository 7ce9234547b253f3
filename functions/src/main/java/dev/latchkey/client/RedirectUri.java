package dev.latchkey.client;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A redirect URI as registered.
///
/// @param value the complete URI, kept as the developer wrote it
public record RedirectUri(String value) {
  /// `http://127.0.0.1[:port]rest` and `http://[::1][:port]rest`, with nothing before the host.
  private static final Pattern LOOPBACK =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::([0-9]{1,5}))?([/?].*)?");

  /// Whether a requested URI is this one.
  ///
  /// Compared byte for byte (RFC 9700 section 2.1). The one exception is a registered loopback
  /// literal, where the app gets its port from the operating system at start (RFC 8252 section
  /// 7.3); `localhost` is a name that others may answer to, so it gets no exception (section 8.3).
  public boolean matches(String requested) {
    return value.equals(requested) || matchesLoopback(requested);
  }

  private boolean matchesLoopback(String requested) {
    var mine = LOOPBACK.matcher(value);
    var theirs = LOOPBACK.matcher(requested);
    return mine.matches()
        && theirs.matches()
        && mine.group(1).equals(theirs.group(1))
        && isPort(theirs.group(2))
        && rest(mine.group(3)).equals(rest(theirs.group(3)));
  }

  private static boolean isPort(@Nullable String port) {
    return port == null || Integer.parseInt(port) <= 65_535;
  }

  private static String rest(@Nullable String rest) {
    return rest == null ? "" : rest;
  }

  @Override
  public String toString() {
    return value;
  }
}
