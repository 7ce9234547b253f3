package dev.latchkey.portal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The organisation's portal, as whoever talks to the browser sees it.
public interface Portal {
  /// A browser that is sent to the portal (OpenID Connect Core section 3.1.2.1).
  ///
  /// @param challenge of PKCE, S256 (RFC 7636)
  record Departure(
      String redirectUri, String state, String nonce, String challenge, Wishes wishes) {
    @Override
    public String toString() {
      return "Departure[redacted]";
    }
  }

  /// What is handed on to the portal.
  ///
  /// @param maxAge how many seconds ago the user may have signed in there; [#ANY_AGE] when it does
  ///   not matter
  /// @param anew whether they have to sign in once more (`prompt=login`)
  record Wishes(@Nullable String loginHint, @Nullable String uiLocales, long maxAge, boolean anew) {
    public static final long ANY_AGE = -1;

    /// None.
    public static final Wishes NONE = new Wishes(null, null, ANY_AGE, false);

    /// That they sign in once more.
    public static final Wishes ANEW = new Wishes(null, null, ANY_AGE, true);
  }

  /// A browser that came back with a code.
  ///
  /// @param redirectUri as at the departure
  /// @param verifier whose hash was the challenge
  /// @param nonce of the departure
  /// @param issuer that the answer names (RFC 9207); null for none
  record Return(
      String redirectUri, String code, String verifier, String nonce, @Nullable String issuer) {
    @Override
    public String toString() {
      return "Return[redacted]";
    }
  }

  /// What came of a code.
  sealed interface Answer {
    /// Somebody who may share a record. Nothing else of what the portal said is kept.
    record Known(PortalUser user) implements Answer {}

    /// Somebody whom the portal links to no record.
    record Unlinked() implements Answer {}

    /// The answer cannot be believed, or the portal did not accept the code.
    ///
    /// @param reason for operators, without anything of the answer itself
    record Refused(String reason) implements Answer {}

    /// The portal does not answer just now.
    record Unreachable() implements Answer {}
  }

  /// Where the browser goes; empty when the portal does not answer just now.
  Optional<String> address(Departure departure);

  /// Finds out who came back. A code works once.
  Answer identify(Return back);
}
