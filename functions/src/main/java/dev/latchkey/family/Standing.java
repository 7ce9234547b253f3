package dev.latchkey.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /// Those of a page of grants that still stand, with one read of cut-offs for all of them.
  ///
  /// @param page at most 25
  /// @param now seconds since the epoch
  public List<Holding> of(List<Holding> page, long now) {
    var live = page.stream().filter(holding -> holding.family().isLive(now)).toList();
    var asked =
        live.stream().map(Holding::grant).flatMap(Standing::covering).collect(Collectors.toSet());
    var found = asked.isEmpty() ? Map.<Cutoffs.Of, Long>of() : cutoffs.find(asked);
    return live.stream().filter(holding -> !isTakenBack(holding.grant(), found)).toList();
  }

  /// Whether a cut-off covers this grant, whatever the family itself says.
  public boolean isTakenBack(FamilyGrant grant) {
    return isTakenBack(grant, cutoffs.find(covering(grant).toList()));
  }

  /// Every cut-off that could cover a grant.
  private static Stream<Cutoffs.Of> covering(FamilyGrant grant) {
    var session = Optional.ofNullable(grant.session()).map(Cutoffs.Of.Session::new);
    return Stream.concat(
        Stream.of(
            new Cutoffs.Of.Subject(grant.subject()),
            new Cutoffs.Of.App(grant.subject(), grant.client()),
            new Cutoffs.Of.Client(grant.client())),
        session.stream());
  }

  private static boolean isTakenBack(FamilyGrant grant, Map<Cutoffs.Of, Long> found) {
    return covering(grant)
        .anyMatch(
            of ->
                switch (of) {
                  case Cutoffs.Of.Subject _ -> isAtOrBefore(grant.authenticatedAt(), found.get(of));
                  case Cutoffs.Of.App _, Cutoffs.Of.Client _ ->
                      isAtOrBefore(grant.createdAt(), found.get(of));
                  case Cutoffs.Of.Session _, Cutoffs.Of.Token _ -> found.containsKey(of);
                });
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
