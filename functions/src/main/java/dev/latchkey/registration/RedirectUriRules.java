package dev.latchkey.registration;

import dev.latchkey.client.ApplicationType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which addresses an app may get its answers at (RFC 9700 section 2.1, RFC 8252 sections 7 and 8,
/// RFC 7591 section 5).
///
/// @param loopback whether `http` on this very machine is good enough for any app
record RedirectUriRules(boolean loopback) {
  private static final int MOST = 10;

  /// Printable ASCII without space, backslash and `*`: nothing that two parsers read in two ways.
  private static final Pattern PLAIN = Pattern.compile("[!-)+-\\[\\]-~]+");

  /// RFC 8252 section 7.1: a scheme in reverse domain order, so that `javascript` and the like can
  /// never be one.
  private static final Pattern PRIVATE_SCHEME =
      Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

  /// Parsers also read `127.1`, `0x7f.1` and `2130706433` as IPv4 addresses (WHATWG URL, "ends in a
  /// number checker").
  private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private static final Pattern DOT_SEGMENT = Pattern.compile("(\\.|%2e){1,2}");
  private static final Set<String> LITERALS = Set.of("127.0.0.1", "[::1]");
  private static final int HIGHEST_PORT = 65_535;

  /// What is wrong with these addresses, in one plain sentence; empty when nothing is.
  Optional<String> problem(List<String> uris, ApplicationType type) {
    if (uris.isEmpty() || uris.size() > MOST) {
      return Optional.of("Send 1 to %d redirect_uris.".formatted(MOST));
    }
    return uris.stream()
        .flatMap(uri -> problem(uri, type).stream())
        .findFirst()
        .or(() -> type == ApplicationType.WEB ? severalHosts(uris) : Optional.empty());
  }

  private Optional<String> problem(String text, ApplicationType type) {
    if (!PLAIN.matcher(text).matches()) {
      return Optional.of(
          "A redirect URI is plain ASCII without spaces, backslashes and wildcards.");
    }
    try {
      return problem(new URI(text), type);
    } catch (URISyntaxException e) {
      return Optional.of("A redirect URI is not a URI.");
    }
  }

  private Optional<String> problem(URI uri, ApplicationType type) {
    if (uri.getScheme() == null || uri.isOpaque()) {
      return Optional.of("A redirect URI is absolute and has a path.");
    }
    if (uri.getRawFragment() != null) {
      return Optional.of("A redirect URI has no fragment.");
    }
    var authority = uri.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      return Optional.of("A redirect URI names no user.");
    }
    if (hasDotSegment(uri)) {
      return Optional.of("A redirect URI has no . or .. in its path.");
    }
    return switch (uri.getScheme()) {
      case "https" -> https(uri);
      case "http" -> http(uri, type);
      default -> privateScheme(uri, type);
    };
  }

  private static Optional<String> https(URI uri) {
    var host = uri.getHost();
    if (host == null || uri.getPort() > HIGHEST_PORT || host.endsWith(".")) {
      return Optional.of("A redirect URI has a host name, and a port up to 65535 if any.");
    }
    var lastLabel = host.substring(host.lastIndexOf('.') + 1);
    if (host.startsWith("[") || NUMERIC_LABEL.matcher(lastLabel).matches()) {
      return Optional.of("A redirect URI has a host name and no IP address.");
    }
    return lastLabel.toLowerCase(Locale.ROOT).equals("localhost")
        ? Optional.of("A redirect URI with https does not lead to localhost.")
        : Optional.empty();
  }

  private Optional<String> http(URI uri, ApplicationType type) {
    var host = uri.getHost();
    if (host == null || uri.getPort() > HIGHEST_PORT) {
      return Optional.of("A redirect URI has a host, and a port up to 65535 if any.");
    }
    var literal = LITERALS.contains(host);
    if (loopback && isThisMachine(host)) {
      return Optional.empty();
    }
    if (type != ApplicationType.NATIVE) {
      return Optional.of("A redirect URI of a web or browser app begins with https.");
    }
    return literal
        ? Optional.empty()
        : Optional.of(
            "A redirect URI with http leads to 127.0.0.1 or [::1] and nowhere else. The name"
                + " localhost may lead elsewhere.");
  }

  /// By literal, or by the name that usually means it.
  static boolean isThisMachine(@Nullable String host) {
    return host != null && (LITERALS.contains(host) || host.equals("localhost"));
  }

  private static Optional<String> privateScheme(URI uri, ApplicationType type) {
    if (type != ApplicationType.NATIVE) {
      return Optional.of("A redirect URI of a web or browser app begins with https.");
    }
    return PRIVATE_SCHEME.matcher(uri.getScheme()).matches()
        ? Optional.empty()
        : Optional.of(
            "A private scheme is a domain of yours in reverse and in lower case, such as"
                + " org.example.app.");
  }

  /// Sites cannot be told apart without a list of public suffixes, so one host is asked for.
  private static Optional<String> severalHosts(List<String> uris) {
    var hosts =
        uris.stream()
            .filter(uri -> uri.startsWith("https:"))
            .map(uri -> URI.create(uri).getHost().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return hosts.size() > 1
        ? Optional.of("The redirect_uris of a web app are all on one host.")
        : Optional.empty();
  }

  private static boolean hasDotSegment(URI uri) {
    return List.of(uri.getRawPath().split("/")).stream()
        .map(segment -> segment.toLowerCase(Locale.ROOT))
        .anyMatch(segment -> DOT_SEGMENT.matcher(segment).matches());
  }
}
