package dev.latchkey.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a grant still stands: what every use of a token asks before it believes the token.
public record Standing(Families families, Cutoffs cutoffs) {

  /// The grant, if it is there, not revoked in any way and not past its times.
  ///
  /// @param now seconds since the epoch
  public Optional<Holding> of(FamilyId id, long now) {
    return families
        .holding(id)
        .filter(holding -> holding.family().isLive(now))
        .filter(holding -> !isTakenBack(holding.grant()));
  }

  /// Whether a cut-off covers this grant, whatever the family itself says.
  public boolean isTakenBack(FamilyGrant grant) {
    var bySubject = new Cutoffs.Of.Subject(grant.subject());
    var byApp = new Cutoffs.Of.App(grant.subject(), grant.client());
    var byClient = new Cutoffs.Of.Client(grant.client());
    var asked = new ArrayList<Cutoffs.Of>(List.of(bySubject, byApp, byClient));
    var session = Optional.ofNullable(grant.session()).map(Cutoffs.Of.Session::new);
    session.ifPresent(asked::add);
    var found = cutoffs.find(asked);
    return isAtOrBefore(grant.authenticatedAt(), found.get(bySubject))
        || isAtOrBefore(grant.createdAt(), found.get(byApp))
        || isAtOrBefore(grant.createdAt(), found.get(byClient))
        || session.filter(found::containsKey).isPresent();
  }

  /// Whether everything of this user that began at this time was ended, browser sessions included.
  public boolean isSignedOut(String subject, long authenticatedAt) {
    var of = new Cutoffs.Of.Subject(subject);
    return isAtOrBefore(authenticatedAt, cutoffs.find(List.of(of)).get(of));
  }

  /// A second is the finest that is kept, so the second of the cut-off itself is taken back too.
  private static boolean isAtOrBefore(long time, @Nullable Long cutoff) {
    return cutoff != null && time <= cutoff;
  }
}
