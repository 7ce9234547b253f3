package dev.latchkey.interaction;

import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// Opens, finds and ends the session of a browser.
record BrowserSessions(Sessions sessions, UserDirectory users, Entropy entropy) {

  /// @param cookie value of the session cookie
  record SignedIn(String cookie, Session session, User user) {
    /// As the transaction keeps it.
    SignedInUser forTransaction() {
      return new SignedInUser(
          user.username(), user.subject(), session.authenticatedAt(), session.endsAt());
    }

    @Override
    public String toString() {
      return "SignedIn[redacted]";
    }
  }

  /// A session under a new random id.
  SignedIn open(Visit visit, User user) {
    var cookie = entropy.value();
    var session =
        new Session(
            SecretHash.of(cookie),
            user.username(),
            visit.now().getEpochSecond(),
            visit.now().plus(SessionPolicy.IDLE).getEpochSecond(),
            visit.now().plus(SessionPolicy.ABSOLUTE).getEpochSecond());
    sessions.open(session);
    return new SignedIn(cookie, session, user);
  }

  /// The session that the browser brings along, if it is still live.
  Optional<SignedIn> live(Visit visit) {
    return visit.session().flatMap(cookie -> live(visit, cookie));
  }

  private Optional<SignedIn> live(Visit visit, String cookie) {
    return sessions
        .find(SecretHash.of(cookie), visit.now())
        .flatMap(
            session ->
                users.find(session.username()).map(user -> new SignedIn(cookie, session, user)));
  }

  void end(String cookie) {
    sessions.end(SecretHash.of(cookie));
  }
}
