package dev.latchkey.contract;

import static dev.latchkey.contract.TestFamilies.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage.Cursor;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The list of what one user allowed, as every store of refresh-token families keeps it.
public abstract class FamilyListContract {
  private static final ClientId ONE = new ClientId("one");
  private static final ClientId TWO = new ClientId("two");

  private final String subject = Entropy.secure().value();

  protected abstract Families families();

  @Test
  void isEmptyForSomebodyWhoAllowedNothing() {
    var page = families().ofSubject(subject, Optional.empty(), Optional.empty(), 10);

    assertThat(page.holdings()).isEmpty();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void holdsBothHalvesOfEachGrantAndNobodyElses() {
    var mine = allow(subject, ONE);
    allow(Entropy.secure().value(), ONE);

    var page = families().ofSubject(subject, Optional.empty(), Optional.empty(), 10);

    assertThat(page.holdings()).singleElement().isEqualTo(families().holding(mine).orElseThrow());
  }

  @Test
  void leavesOutWhatWasTakenBack() {
    var kept = allow(subject, ONE);
    var ended = allow(subject, TWO);

    families().revoke(ended, "user", NOW + 100);

    assertThat(all(Optional.empty(), 10)).containsExactly(kept);
    assertThat(families().holding(ended).orElseThrow().family().state())
        .isEqualTo(Family.State.REVOKED);
  }

  @Test
  void keepsTheKeysOfOneAppTogetherOverAllPages() {
    var expected = new ArrayList<FamilyId>();
    for (var app : List.of(TWO, ONE, TWO, ONE, TWO, ONE, TWO)) {
      expected.add(allow(subject, app));
    }

    var found = all(Optional.empty(), 3);

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected).doesNotHaveDuplicates();
    assertThat(found.stream().map(this::app).toList())
        .containsExactly(ONE, ONE, ONE, TWO, TWO, TWO, TWO);
  }

  @Test
  void canBeAskedForOneApp() {
    var mine = allow(subject, ONE);
    allow(subject, TWO);
    allow(subject, new ClientId("one#and more"));
    allow(subject, new ClientId("on"));

    assertThat(all(Optional.of(ONE), 10)).containsExactly(mine);
  }

  @Test
  void endsAfterAFullLastPage() {
    allow(subject, ONE);
    allow(subject, ONE);

    assertThat(all(Optional.empty(), 2)).hasSize(2);
  }

  private List<FamilyId> all(Optional<ClientId> app, int limit) {
    var found = new ArrayList<FamilyId>();
    var after = Optional.<Cursor>empty();
    do {
      var page = families().ofSubject(subject, app, after, limit);
      assertThat(page.holdings()).hasSizeLessThanOrEqualTo(limit);
      page.holdings().forEach(holding -> found.add(holding.family().id()));
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  private ClientId app(FamilyId id) {
    return families().holding(id).orElseThrow().grant().client();
  }

  private FamilyId allow(String who, ClientId app) {
    var id = FamilyId.fresh(Entropy.secure());
    families()
        .create(
            TestFamilies.first(id, app, "r0"),
            new FamilyGrant(
                id,
                app,
                who,
                "Patient/ana",
                TestScopes.few(),
                new LaunchContext("ana"),
                NOW,
                NOW,
                null));
    return id;
  }
}
