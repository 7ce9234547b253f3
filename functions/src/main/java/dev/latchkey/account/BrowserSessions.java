package dev.latchkey.account;

import dev.latchkey.family.Standing;
import dev.latchkey.family.Withdrawal;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Opens, finds and ends the session of a browser.
///
/// A session that began before everything of its user was taken back is dead, whatever its own item
/// says.
public record BrowserSessions(
    Sessions sessions,
    UserDirectory users,
    Standing standing,
    Withdrawal withdrawal,
    Entropy entropy) {

  /// Somebody in their browser.
  ///
  /// @param cookie value of the session cookie
  public record SignedIn(String cookie, Session session, User user) {
    @Override
    public String toString() {
      return "SignedIn[redacted]";
    }
  }

  /// A session under a new random id, of somebody who signed in just now.
  public SignedIn open(User user, Instant now) {
    return open(user, now.getEpochSecond(), Assurance.UNSAID, now);
  }

  /// A session under a new random id.
  ///
  /// @param authenticatedAt when they said who they are, seconds since the epoch
  public SignedIn open(User user, long authenticatedAt, Assurance assurance, Instant now) {
    var cookie = entropy.value();
    var session =
        new Session(
            SecretHash.of(cookie),
            user.username(),
            authenticatedAt,
            now.plus(SessionPolicy.IDLE).getEpochSecond(),
            now.plus(SessionPolicy.ABSOLUTE).getEpochSecond(),
            assurance);
    sessions.open(session);
    return new SignedIn(cookie, session, user);
  }

  /// The session that the browser brings along, if it is still live.
  public Optional<SignedIn> live(String cookie, Instant now) {
    return sessions
        .find(SecretHash.of(cookie), now)
        .flatMap(
            session ->
                users.find(session.username()).map(user -> new SignedIn(cookie, session, user)))
        .filter(
            found ->
                !standing.isSignedOut(found.user().subject(), found.session().authenticatedAt()));
  }

  /// Whether a session is still live. Also moves its idle limit: whoever acts is there.
  ///
  /// @param authenticatedAt when it began, seconds since the epoch
  /// @param endsAt its absolute end, seconds since the epoch
  public boolean stays(
      SecretHash handle, String subject, long authenticatedAt, long endsAt, Instant now) {
    return touch(handle, endsAt, now) && !standing.isSignedOut(subject, authenticatedAt);
  }

  /// Moves the idle limit of a session. Returns false when it is not live any more.
  public boolean touch(SecretHash handle, long endsAt, Instant now) {
    var idle = now.plus(SessionPolicy.IDLE).getEpochSecond();
    return sessions.touch(handle, Math.min(idle, endsAt), now);
  }

  /// Ends a session and the `online_access` that came from it. The access goes first: when the rest
  /// fails the user is still signed in and can try again.
  public void end(String cookie, Instant now) {
    var handle = SecretHash.of(cookie);
    withdrawal.ofSession(handle, now.getEpochSecond());
    sessions.end(handle);
  }
}
