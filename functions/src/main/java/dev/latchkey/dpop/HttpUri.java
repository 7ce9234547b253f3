package dev.latchkey.dpop;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An http or https URI without query and fragment, in the one spelling that two of them can be
/// compared in (RFC 9449 section 4.3; RFC 3986 sections 6.2.2 and 6.2.3).
record HttpUri(String value) {
  private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String UNRESERVED_MARKS = "-._~";

  /// Scheme and host in lower case, no default port, no needless percent-encoding, no dot segments,
  /// and `/` for an empty path. Empty for what is no such URI, or names a user.
  static Optional<HttpUri> of(String text) {
    try {
      return of(new URI(text));
    } catch (URISyntaxException notAUri) {
      return Optional.empty();
    }
  }

  private static Optional<HttpUri> of(URI uri) {
    var scheme = lower(uri.getScheme());
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !(scheme.equals("https") || scheme.equals("http"))) {
      return Optional.empty();
    }
    var port = uri.getPort() == defaultPort(scheme) ? -1 : uri.getPort();
    return Optional.of(
        new HttpUri(
            scheme
                + "://"
                + lower(uri.getHost())
                + (port < 0 ? "" : ":" + port)
                + path(uri.getRawPath())));
  }

  private static String path(String raw) {
    var path = URI.create(withoutNeedlessEncoding(raw)).normalize().getRawPath();
    return path.isEmpty() ? "/" : path;
  }

  private static String withoutNeedlessEncoding(String path) {
    return ENCODED
        .matcher(path)
        .replaceAll(
            match -> {
              var character = (char) Integer.parseInt(match.group(1), 16);
              return isUnreserved(character)
                  ? String.valueOf(character)
                  : match.group().toUpperCase(Locale.ROOT);
            });
  }

  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || UNRESERVED_MARKS.indexOf(character) >= 0;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
