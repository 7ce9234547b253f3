package dev.latchkey.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a form may lead in the end, as a source of a content security policy.
///
/// @param source an origin such as `https://app.example`, or a scheme such as `com.example.app:`
public record FormTarget(String source) {
  /// RFC 3986 section 3.1.
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  /// What a host source of a policy may consist of; IPv6 literals may not (CSP level 3, section
  /// 2.3.1).
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");

  /// The origin of a redirect URI, or its scheme when it has no host that a policy could name.
  public static FormTarget of(String redirectUri) {
    var uri = URI.create(redirectUri);
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEME.matcher(scheme).matches()) {
      throw new IllegalArgumentException("A redirect URI needs a scheme");
    }
    var host = uri.getHost();
    var web = scheme.equals("https") || scheme.equals("http");
    if (!web || host == null || !HOST.matcher(host).matches()) {
      return new FormTarget(scheme + ":");
    }
    return new FormTarget(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
  }
}
