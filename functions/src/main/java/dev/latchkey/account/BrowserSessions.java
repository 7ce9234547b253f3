package dev.latchkey.account;

import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Opens, finds and ends the session of a browser.
public record BrowserSessions(Sessions sessions, UserDirectory users, Entropy entropy) {

  /// Somebody in their browser.
  ///
  /// @param cookie value of the session cookie
  public record SignedIn(String cookie, Session session, User user) {
    @Override
    public String toString() {
      return "SignedIn[redacted]";
    }
  }

  /// A session under a new random id.
  public SignedIn open(User user, Instant now) {
    var cookie = entropy.value();
    var session =
        new Session(
            SecretHash.of(cookie),
            user.username(),
            now.getEpochSecond(),
            now.plus(SessionPolicy.IDLE).getEpochSecond(),
            now.plus(SessionPolicy.ABSOLUTE).getEpochSecond());
    sessions.open(session);
    return new SignedIn(cookie, session, user);
  }

  /// The session that the browser brings along, if it is still live.
  public Optional<SignedIn> live(String cookie, Instant now) {
    return sessions
        .find(SecretHash.of(cookie), now)
        .flatMap(
            session ->
                users.find(session.username()).map(user -> new SignedIn(cookie, session, user)));
  }

  public void end(String cookie) {
    sessions.end(SecretHash.of(cookie));
  }
}
