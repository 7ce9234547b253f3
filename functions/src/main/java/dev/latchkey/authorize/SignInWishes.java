package dev.latchkey.authorize;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an app wishes of the sign-in and the pages after it (OpenID Connect Core section 3.1.2.1).
///
/// @param loginHint the user name to offer on the sign-in page
/// @param uiLocales the languages of the user, best first
/// @param notBefore the earliest sign-in that counts, in seconds since the epoch; [#ANY] when it
///   does not matter, [#ANEW] when no sign-in before this request counts
/// @param askAgain whether the patient is to be asked even for what they have allowed before
///   (`prompt=consent`)
/// @param noPage whether there is to be an answer without a page (`prompt=none`)
/// @param subject the one person for whom there may be an answer (`id_token_hint`); null for
///   anybody
public record SignInWishes(
    @Nullable String loginHint,
    @Nullable String uiLocales,
    long notBefore,
    boolean askAgain,
    boolean noPage,
    @Nullable String subject) {
  public static final long ANY = 0;
  public static final long ANEW = Long.MAX_VALUE;

  /// No wish at all.
  public static final SignInWishes NONE = new SignInWishes(null, null, ANY, false, false, null);

  private static final int LONGEST = 100;

  /// A hint that is too long to be one is dropped: it is no reason to refuse a request.
  static SignInWishes of(Asked asked) {
    var hint = asked.get("id_token_hint");
    var subject = hint.flatMap(token -> IdTokenHint.subject(token, asked.identity()));
    return new SignInWishes(
        shortEnough(asked.get("login_hint")),
        shortEnough(asked.get("ui_locales")),
        // With a hint that says nothing, nobody goes on unasked as whoever is signed in.
        hint.isPresent() && subject.isEmpty() ? ANEW : notBefore(asked),
        asked.prompts().contains("consent"),
        asked.prompts().contains("none"),
        subject.orElse(null));
  }

  /// Whether a browser that is signed in need not do it again.
  ///
  /// @param who the subject that is signed in
  /// @param authenticatedAt since when, in seconds since the epoch
  public boolean accept(String who, long authenticatedAt) {
    return authenticatedAt >= notBefore && isFor(who);
  }

  /// Whether there may be an answer for this subject: the app must not get another person's tokens
  /// than those it asked for (OpenID Connect Core section 3.1.2.2).
  public boolean isFor(String who) {
    return subject == null || subject.equals(who);
  }

  private static long notBefore(Asked asked) {
    var maxAge = asked.get("max_age").map(Long::parseLong);
    // OpenID Connect Core section 3.1.2.1: a max_age of 0 is the same as prompt=login.
    // With select_account the sign-in page is where a person says which account they mean.
    if (asked.prompts().contains("login")
        || asked.prompts().contains("select_account")
        || maxAge.filter(age -> age == 0).isPresent()) {
      return ANEW;
    }
    return maxAge.map(age -> Math.max(ANY, asked.now().getEpochSecond() - age)).orElse(ANY);
  }

  private static @Nullable String shortEnough(Optional<String> hint) {
    return hint.filter(text -> text.length() <= LONGEST).orElse(null);
  }
}
