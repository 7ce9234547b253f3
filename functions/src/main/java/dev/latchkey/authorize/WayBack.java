package dev.latchkey.authorize;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.Pages;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import java.net.URI;

/// How a browser goes back to an app with an error, before anybody signed in.
///
/// By itself where somebody answers for the app. Anybody can register an app and then send out
/// links that begin with our address and lead to theirs, so people decide about those themselves,
/// and see where they lead (RFC 9700 section 4.11.2).
public final class WayBack {
  private WayBack() {}

  /// Goes there, or asks first.
  ///
  /// @param address the redirect URI with the answer
  public static Response to(String address, IdentityLevel level, String errorCode) {
    return level == IdentityLevel.UNVERIFIED
        ? Pages.page(400, "wayBack.jte", new Page(address, name(address), errorCode))
        : Response.seeOther(address);
  }

  /// What `wayBack.jte` shows.
  ///
  /// @param host the host, or the scheme of an app on the device
  public record Page(String address, String host, String code) {}

  private static String name(String address) {
    var uri = URI.create(address);
    return PlainText.name(uri.getHost() == null ? uri.getScheme() + ":" : uri.getRawAuthority());
  }
}
