package dev.latchkey.portal;

import dev.latchkey.http.Parameters;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.Hmac;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// One browser on its way to the portal and back.
///
/// It is kept nowhere but in the `state` that travels with the browser. The state carries an HMAC
/// under the value of the browser's cookie, and nonce and code verifier are made of the two, so
/// that what one browser took to the portal is worth nothing in another (RFC 9700 sections 2.1 and
/// 4.7; RFC 7636).
///
/// @param page what the browser comes back for, such as the handle of a transaction
/// @param startedAt seconds since the epoch
/// @param anew whether the portal was asked to have them sign in once more
/// @param random that no attempt shares with another
public record Attempt(String page, long startedAt, boolean anew, String random) {
  private static final String ANEW = "a";
  private static final String AS_IS = "b";

  /// `page.startedAt.anew.random.tag`
  private static final Pattern STATE =
      Pattern.compile(
          "([A-Za-z0-9_-]{1,100})\\.([0-9]{1,12})\\.([ab])\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

  public static Attempt start(String page, boolean anew, Instant now, Entropy entropy) {
    return new Attempt(page, now.getEpochSecond(), anew, entropy.value());
  }

  /// The page that an answer of the portal is for, whoever made it up.
  public static Optional<String> page(Parameters answer) {
    return answer
        .get("state")
        .map(STATE::matcher)
        .filter(state -> state.matches())
        .map(state -> state.group(1));
  }

  /// The attempt that an answer belongs to; empty when this browser made none like it, or too long
  /// ago.
  public static Optional<Attempt> of(Parameters answer, String cookie, Instant now) {
    return answer
        .get("state")
        .map(STATE::matcher)
        .filter(state -> state.matches())
        .map(
            state ->
                new Attempt(
                    state.group(1),
                    Long.parseLong(state.group(2)),
                    state.group(3).equals(ANEW),
                    state.group(4)))
        .filter(_ -> !cookie.isEmpty())
        .filter(attempt -> attempt.hasState(answer.get("state").orElseThrow(), cookie))
        .filter(attempt -> now.getEpochSecond() < attempt.endsAt());
  }

  /// The state for the way there.
  public String state(String cookie) {
    return text() + "." + made("state", cookie);
  }

  /// For the id token to repeat.
  public String nonce(String cookie) {
    return made("nonce", cookie);
  }

  /// For the code.
  public String verifier(String cookie) {
    return made("verifier", cookie);
  }

  /// RFC 7636 section 4.2, S256.
  public String challenge(String cookie) {
    return SecretHash.of(verifier(cookie)).value();
  }

  /// Under which it can be used once.
  public SecretHash identifier() {
    return SecretHash.of("portal " + text());
  }

  /// When it can no longer be used, seconds since the epoch.
  public long endsAt() {
    return startedAt + Lifetimes.TRANSACTION.toSeconds();
  }

  private boolean hasState(String state, String cookie) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), state(cookie).getBytes(StandardCharsets.UTF_8));
  }

  private String text() {
    return page + "." + startedAt + "." + (anew ? ANEW : AS_IS) + "." + random;
  }

  private String made(String use, String cookie) {
    var tag =
        Hmac.of(
            cookie.getBytes(StandardCharsets.UTF_8),
            ("portal " + use + " " + text()).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  @Override
  public String toString() {
    return "Attempt[redacted]";
  }
}
