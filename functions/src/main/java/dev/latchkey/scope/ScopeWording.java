package dev.latchkey.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a scope means, in words for patients.
public final class ScopeWording {
  private static final Map<Interaction, String> MAY =
      Map.of(
          Interaction.READ, "read",
          Interaction.SEARCH, "search",
          Interaction.CREATE, "add",
          Interaction.UPDATE, "change",
          Interaction.DELETE, "delete");

  /// From harmless to not.
  private static final List<Interaction> ORDER =
      List.of(
          Interaction.READ,
          Interaction.SEARCH,
          Interaction.CREATE,
          Interaction.UPDATE,
          Interaction.DELETE);

  private static final Map<NamedScope, String> NAMED =
      Map.of(
          NamedScope.OPENID, "Recognise you when you come back, by a number that stands for you",
          NamedScope.FHIR_USER, "Know which entry in the record system is you",
          NamedScope.LAUNCH, "Know what was open when it was started",
          NamedScope.LAUNCH_PATIENT, "Know whose record this is",
          NamedScope.OFFLINE_ACCESS, "Keep access when you are away",
          NamedScope.ONLINE_ACCESS, "Keep access while you are signed in here");

  private ScopeWording() {}

  /// One sentence, such as `Vaccinations — read and search`.
  public static String sentence(Scope scope) {
    return switch (scope) {
      case ResourceScope resource -> what(resource) + " — " + may(resource.interactions());
      case NamedScope named -> named(named);
    };
  }

  /// What kind of data, such as `Vaccinations`.
  public static String what(ResourceScope scope) {
    return RecordType.of(scope.type())
        .map(RecordType::plainName)
        .orElse("Everything in the record");
  }

  /// What may be done with it, such as `read, search and add`.
  public static String may(Set<Interaction> interactions) {
    var verbs =
        new ArrayList<>(ORDER.stream().filter(interactions::contains).map(MAY::get).toList());
    if (verbs.size() == 1) {
      return verbs.getFirst();
    }
    var last = verbs.removeLast();
    return String.join(", ", verbs) + " and " + last;
  }

  /// Whether the app may alter the record, which deserves a warning.
  public static boolean alters(Set<Interaction> interactions) {
    return !Set.of(Interaction.READ, Interaction.SEARCH).containsAll(interactions);
  }

  private static String named(NamedScope scope) {
    return NAMED.getOrDefault(scope, scope.spelled());
  }
}
