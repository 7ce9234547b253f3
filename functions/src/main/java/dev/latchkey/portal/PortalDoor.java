package dev.latchkey.portal;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.http.Parameters;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.Entropy;
import java.time.Instant;
import java.util.Optional;

/// Where browsers leave for the portal and come back from it.
///
/// @param used attempts, each of which works once
public record PortalDoor(
    Portal portal,
    BrowserSessions sessions,
    UsedIdentifiers used,
    ServerIdentity identity,
    Entropy entropy) {

  /// How a browser came back.
  public sealed interface Outcome {
    /// As somebody, recently enough.
    ///
    /// @param authenticatedAt seconds since the epoch
    record Arrived(PortalUser user, long authenticatedAt) implements Outcome {}

    /// As somebody whom the portal knew from before, too long ago. They have to be sent there again
    /// to sign in anew.
    record TooLongAgo() implements Outcome {}

    /// They did not want to, or the portal did not let them.
    record Declined() implements Outcome {}

    /// As nobody.
    record Problem(PortalNotice notice) implements Outcome {}
  }

  /// A place at which a browser comes back.
  ///
  /// @param path of it
  /// @param page what the browser comes back for
  /// @param cookie of the browser
  public record Place(String path, String page, String cookie) {
    @Override
    public String toString() {
      return "Place[path=" + path + ", redacted]";
    }
  }

  /// Where the browser goes; empty when the portal does not answer just now.
  public Optional<String> leave(Place back, Portal.Wishes wishes, Instant now) {
    var attempt = Attempt.start(back.page(), wishes.anew(), now, entropy);
    return portal.address(
        new Portal.Departure(
            identity.url(back.path()),
            attempt.state(back.cookie()),
            attempt.nonce(back.cookie()),
            attempt.challenge(back.cookie()),
            wishes));
  }

  /// Takes in the answer of the portal. An attempt is used up before the portal is asked about it,
  /// so that no answer counts twice (RFC 9700 section 4.7).
  ///
  /// @param notBefore the earliest sign-in that counts, seconds since the epoch
  public Outcome comeBack(Place place, Parameters answer, long notBefore, Instant now) {
    var attempt =
        Attempt.of(answer, place.cookie(), now)
            .filter(made -> made.page().equals(place.page()))
            .filter(made -> used.use(made.identifier(), entropy.value(), made.endsAt(), now));
    if (attempt.isEmpty()) {
      return new Outcome.Problem(PortalNotice.NOT_OURS);
    }
    var error = answer.get("error");
    if (error.isPresent()) {
      return refused(error.get());
    }
    return answer
        .get("code")
        .map(code -> identify(place, attempt.get(), code, answer))
        .map(found -> outcome(found, attempt.get(), notBefore, now))
        .orElseGet(() -> new Outcome.Problem(PortalNotice.REFUSED));
  }

  /// Keeps who they are, and opens a session for them.
  public BrowserSessions.SignedIn open(Outcome.Arrived arrived, Instant now) {
    var account = arrived.user().account();
    sessions.users().put(account);
    return sessions.open(account, arrived.authenticatedAt(), arrived.user().assurance(), now);
  }

  /// OpenID Connect Core section 3.1.2.6, RFC 6749 section 4.1.2.1.
  private static Outcome refused(String error) {
    return switch (error) {
      case "access_denied" -> new Outcome.Declined();
      case "server_error", "temporarily_unavailable" ->
          new Outcome.Problem(PortalNotice.UNREACHABLE);
      default -> new Outcome.Problem(PortalNotice.REFUSED);
    };
  }

  private Portal.Answer identify(Place place, Attempt attempt, String code, Parameters answer) {
    return portal.identify(
        new Portal.Return(
            identity.url(place.path()),
            code,
            attempt.verifier(place.cookie()),
            attempt.nonce(place.cookie()),
            answer.get("iss").orElse(null)));
  }

  private Outcome outcome(Portal.Answer found, Attempt attempt, long notBefore, Instant now) {
    return switch (found) {
      case Portal.Answer.Known(var user) -> known(user, attempt, notBefore, now);
      case Portal.Answer.Unlinked() -> new Outcome.Problem(PortalNotice.UNLINKED);
      case Portal.Answer.Refused _ -> new Outcome.Problem(PortalNotice.REFUSED);
      case Portal.Answer.Unreachable() -> new Outcome.Problem(PortalNotice.UNREACHABLE);
    };
  }

  private Outcome known(PortalUser user, Attempt attempt, long notBefore, Instant now) {
    var at = Math.min(user.authenticatedAt(), now.getEpochSecond());
    if (isRecent(user, attempt.anew() ? attempt.startedAt() : notBefore)
        && !sessions.standing().isSignedOut(user.account().subject(), at)) {
      return new Outcome.Arrived(user, at);
    }
    return attempt.anew() ? new Outcome.Problem(PortalNotice.NOT_ANEW) : new Outcome.TooLongAgo();
  }

  /// A time that the portal did not say proves nothing. Its clock may be off a little.
  private static boolean isRecent(PortalUser user, long notBefore) {
    return notBefore <= 0
        || (user.isTimeSaid()
            && user.authenticatedAt() + IdTokenChecks.CLOCK_DIFFERENCE.toSeconds() >= notBefore);
  }
}
