package dev.latchkey.scope;

import static dev.latchkey.scope.ShortSpelling.LAB;
import static dev.latchkey.scope.ShortSpelling.VITALS;
import static dev.latchkey.scope.ShortSpelling.parse;
import static dev.latchkey.scope.ShortSpelling.permission;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What scopes allow to be done with a type: with all of it, with some, or not at all.
class ScopePermissionTest {
  @ParameterizedTest
  @CsvSource({
    "patient/Observation.r, Observation, READ, true",
    "patient/Observation.r, Observation, SEARCH, false",
    "patient/Observation.s, Observation, READ, false",
    "patient/Observation.s, Observation, SEARCH, true",
    "patient/Observation.rs, Condition, READ, false",
    "patient/Observation.u, Observation, CREATE, false",
    "patient/Observation.c, Observation, UPDATE, false",
    "patient/Observation.cud, Observation, READ, false",
    "patient/Observation.read, Observation, DELETE, false",
    "patient/Observation.write, Observation, DELETE, true",
    "patient/*.read, Condition, SEARCH, true",
    "patient/*.read, Condition, CREATE, false",
    "openid, Patient, READ, false",
    "patient/Observation.rs, Observ, READ, false",
    "patient/Observation.rs, observation, READ, false"
  })
  void allowsByLetter(String scope, String type, Interaction interaction, boolean expected) {
    assertThat(permission(ScopeSet.parse(scope), type, interaction) instanceof Permission.Full)
        .isEqualTo(expected);
  }

  @Test
  void allowsNothingInAnotherContext() {
    var both = ScopeSet.parse("patient/Observation.r system/Condition.s");
    assertThat(both.permission(ScopeContext.PATIENT, "Observation", Interaction.READ))
        .isEqualTo(new Permission.Full());
    assertThat(both.permission(ScopeContext.SYSTEM, "Observation", Interaction.READ))
        .isEqualTo(new Permission.None());
    assertThat(both.permission(ScopeContext.SYSTEM, "Condition", Interaction.SEARCH))
        .isEqualTo(new Permission.Full());
    assertThat(both.permission(ScopeContext.PATIENT, "Condition", Interaction.SEARCH))
        .isEqualTo(new Permission.None());
  }

  @Test
  void saysWhatMayBeDoneWithAllWithSomeAndNotAtAll() {
    var scopes =
        parse(
            "patient/Observation.rs?lab patient/Observation.s?vitals user/Goal.r patient/Goal.s"
                + " patient/Goal.s");

    assertThat(permission(scopes, "Observation", Interaction.READ))
        .isInstanceOfSatisfying(
            Permission.Filtered.class, some -> assertThat(query(some)).isEqualTo(LAB));
    assertThat(permission(scopes, "Observation", Interaction.SEARCH))
        .isInstanceOfSatisfying(
            Permission.Filtered.class,
            some -> assertThat(query(some)).isEqualTo(LAB + "," + VITALS.substring(10)));
    assertThat(permission(scopes, "Observation", Interaction.CREATE))
        .isEqualTo(new Permission.None());
    assertThat(permission(scopes, "Goal", Interaction.READ)).isEqualTo(new Permission.None());
    assertThat(permission(scopes, "Goal", Interaction.SEARCH)).isEqualTo(new Permission.Full());
  }

  @Test
  void aFullScopeBesideAFilteredOneMeansAllOfTheType() {
    var scopes = parse("patient/Observation.r?lab patient/*.r");
    assertThat(permission(scopes, "Observation", Interaction.READ))
        .isEqualTo(new Permission.Full());
  }

  private static String query(Permission.Filtered some) {
    return "?"
        + some.filter().conditions().stream().map(FilterCondition::query).collect(joining("&"));
  }

  @Test
  void aWildcardDoesNotMeanTheLogOfAccesses() {
    var wildcard = ScopeSet.parse("patient/*.cruds");
    assertThat(permission(wildcard, "AuditEvent", Interaction.READ))
        .isEqualTo(new Permission.None());
    assertThat(wildcard.coversAll(ScopeSet.parse("patient/AuditEvent.r"))).isFalse();
    assertThat(wildcard.perType().spelled()).doesNotContain("AuditEvent");
    var named = ScopeSet.parse("patient/AuditEvent.rs");
    assertThat(permission(named, "AuditEvent", Interaction.SEARCH))
        .isEqualTo(new Permission.Full());
  }
}
