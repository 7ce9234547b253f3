package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.Exports.SERVICE;
import static dev.latchkey.sandbox.access.Exports.exported;
import static dev.latchkey.sandbox.access.Exports.finished;
import static dev.latchkey.sandbox.access.Exports.start;
import static dev.latchkey.sandbox.access.Exports.started;
import static dev.latchkey.sandbox.access.Exports.types;
import static dev.latchkey.sandbox.access.Exports.urls;
import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Exports of a group: whom they hold, and who may make them (Bulk Data Access 2.0, group level).
class GroupExportTest {
  private final FhirCalls neighbour = GuardedFhir.asService(OneService.NEIGHBOUR, "system/*.rs");

  @Test
  void bks6_anExportOfAGroupHoldsItsMembersAndNobodyElse() throws ParseException {
    var manifest =
        finished(started(SERVICE, "Group/of-dr-gusikowski/$export?_type=Patient,Goal,Coverage"));

    assertThat(exported(manifest, "Patient"))
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/shella", "Patient/alonso");
    for (var type : List.of("Goal", "Coverage")) {
      var members =
          Stream.of("dolores", "shella", "alonso")
              .flatMap(
                  patient -> SERVICE.get(type + "?_count=200&patient=" + patient).ids().stream())
              .toList();
      assertThat(exported(manifest, type)).hasSameElementsAs(members);
    }
    assertThat(types(manifest)).containsOnly("Patient", "Goal", "Coverage");
  }

  /// They are for the patients' own apps, and so for no backend SERVICE.
  @Test
  void bks6_rsv6_noExportHoldsRestrictedEntries() throws ParseException {
    var restricted = "Encounter?_count=200&_security=" + TwoRecords.RESTRICTED;
    var secrets = GuardedFhir.as("shella", "patient/*.rs").get(restricted).ids();
    assertThat(secrets).isNotEmpty();

    for (var export : List.of("$export", "Patient/$export", "Group/of-dr-gusikowski/$export")) {
      var visits = exported(finished(started(SERVICE, export + "?_type=Encounter")), "Encounter");
      assertThat(visits).as(export).isNotEmpty().doesNotContainAnyElementsOf(secrets);
    }
  }

  @Test
  void bks6_withoutATypeItHoldsTheTypesOfTheScopesSinceATime() throws ParseException {
    var narrow = GuardedFhir.asService("system/Goal.rs system/Group.r system/Organization.rs");

    assertThat(types(finished(started(narrow, "Group/children/$export")))).containsOnly("Goal");
    var none = finished(started(narrow, "Group/children/$export?_since=2100-01-01T00:00:00Z"));
    assertThat(types(none)).isEmpty();
  }

  @Test
  void bks6_aGroupsExportNeedsTheGroup() {
    var without = start(GuardedFhir.asService("system/Goal.rs"), "Group/children/$export");
    assertThat(without.status()).isEqualTo(403);
    assertThat(without.header("www-authenticate"))
        .contains("insufficient_scope", "scope=\"system/Group.r\"");
    var withoutTypes = start(GuardedFhir.asService("system/Group.rs"), "Group/children/$export");
    assertThat(withoutTypes.status()).isEqualTo(403);
    var beyond =
        start(
            GuardedFhir.asService("system/Group.rs system/Goal.rs"),
            "Group/children/$export?_type=Goal,Patient");
    assertThat(beyond.header("www-authenticate")).contains("scope=\"system/Patient.r\"");
    assertThat(start(SERVICE, "Group/no-such-group/$export").status()).isEqualTo(404);
    assertThat(start(SERVICE, "Group/$export").status()).isEqualTo(400);
    assertThat(start(GuardedFhir.as(ANA, "patient/*.rs"), "Group/children/$export").status())
        .isEqualTo(403);
    assertThat(start(SERVICE, "Group/children/$export?patient=Patient/kendal").status())
        .isEqualTo(403);
  }

  @Test
  void bks6_groupsAreForServicesOnly() {
    assertThat(GuardedFhir.asService("system/Group.rs").get("Group").ids())
        .containsExactlyInAnyOrder("Group/of-dr-gusikowski", "Group/children");
    assertThat(GuardedFhir.asService("system/Patient.rs").get("Group/children").status())
        .isEqualTo(403);
    for (var scopes : List.of("patient/*.rs", "patient/Group.rs user/Group.rs")) {
      var app = GuardedFhir.as(ANA, scopes);
      assertThat(app.get("Group").status()).isEqualTo(403);
      assertThat(app.get("Group/children").status()).isEqualTo(403);
    }
  }

  @Test
  void bks6_aGroupsJobAndFilesAreForWhoStartedIt() throws ParseException {
    var job = started(SERVICE, "Group/children/$export?_type=Goal");
    var file = urls(finished(job), "Goal").getFirst();

    assertThat(neighbour.get(job).status()).isEqualTo(404);
    assertThat(neighbour.get(file).status()).isEqualTo(404);
    assertThat(SERVICE.delete(job).status()).isEqualTo(202);
    assertThat(SERVICE.get(file).status()).isEqualTo(404);
  }
}
