package dev.latchkey.logout;

import dev.latchkey.http.Language;
import java.util.Optional;

/// What `signedOut.jte` shows.
///
/// @param address of the app, for whoever wants to go there; empty for none
/// @param host of that address
public record SignedOutPage(Language language, String address, String host) {
  SignedOutPage(Language language, Optional<Destination> destination) {
    this(
        language,
        destination.map(Destination::address).orElse(""),
        destination.map(Destination::host).orElse(""));
  }

  public String say(LogoutText text) {
    return text.in(language);
  }
}
