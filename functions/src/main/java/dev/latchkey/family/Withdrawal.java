package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// Takes back what somebody allowed.
///
/// However much it is, one write decides: from it on no token works. What comes after it takes dead
/// grants off the list. It may be cut short, and is finished when somebody asks again.
///
/// All times are seconds since the epoch.
public record Withdrawal(Families families, Cutoffs cutoffs) {
  private static final String REASON = "user";

  /// Read at once when a list is tidied.
  private static final int PAGE = 50;

  /// With two writes for each grant a request must still end in time.
  private static final int MOST_PAGES = 6;

  /// Takes back one grant.
  ///
  /// @return its app; empty, with nothing changed, when the subject has no such grant
  public Optional<ClientId> ofGrant(String subject, FamilyId id, long now) {
    var app = appOf(subject, id);
    app.ifPresent(_ -> revoke(id, now));
    return app;
  }

  /// Takes back everything that the subject allowed to the app of one grant.
  ///
  /// @return the app; empty, with nothing changed, when the subject has no such grant
  public Optional<ClientId> ofApp(String subject, FamilyId id, long now) {
    var app = appOf(subject, id);
    app.ifPresent(
        client -> {
          cutoffs.raise(new Cutoffs.Of.App(subject, client), now, Lifetimes.END_OF_TIME);
          tidy(subject, app, now);
        });
    return app;
  }

  /// Takes back everything that the subject ever allowed, and ends every session of theirs.
  public void ofEverything(String subject, long now) {
    cutoffs.raise(new Cutoffs.Of.Subject(subject), now, Lifetimes.END_OF_TIME);
    tidy(subject, Optional.empty(), now);
  }

  /// Takes back the `online_access` that came from a browser session. That access is on no list for
  /// longer than the session could have lasted.
  ///
  /// @param handle hash of the session cookie
  public void ofSession(SecretHash handle, long now) {
    var longest = SessionPolicy.ABSOLUTE.plus(GrantPolicy.LONGEST_ACCESS_TOKEN);
    cutoffs.raise(new Cutoffs.Of.Session(handle), now, Lifetimes.after(now, longest));
  }

  private Optional<ClientId> appOf(String subject, FamilyId id) {
    return families
        .holding(id)
        .map(Holding::grant)
        .filter(grant -> grant.subject().equals(subject))
        .map(FamilyGrant::client);
  }

  private void tidy(String subject, Optional<ClientId> app, long now) {
    var after = Optional.<FamilyPage.Cursor>empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      var found = families.ofSubject(subject, app, after, PAGE);
      found.holdings().forEach(holding -> revoke(holding.family().id(), now));
      after = found.next();
      if (after.isEmpty()) {
        return;
      }
    }
  }

  private void revoke(FamilyId id, long now) {
    families.revoke(id, REASON, Lifetimes.after(now, Lifetimes.EVIDENCE));
  }
}
