package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;

import dev.latchkey.sandbox.access.StoredRecords.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One way to write scopes about one type, and what it means, told by hand from SMART App Launch
/// 2.2 ("Scopes for requesting FHIR resources") and not by the code under test.
///
/// @param name without the type, for reports
/// @param scopes as in the claim
/// @param grants what counts of it
record ScopeForm(String name, String scopes, List<Grant> grants) {
  private static final String OBSERVATION =
      "http://terminology.hl7.org/CodeSystem/observation-category|";
  private static final String CONDITION =
      "http://terminology.hl7.org/CodeSystem/condition-category|";
  private static final String US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/";

  private static final Map<String, List<String>> CATEGORIES =
      Map.of(
          "Condition",
          List.of(
              CONDITION + "encounter-diagnosis",
              US_CORE + "condition-category|health-concern",
              CONDITION + "problem-list-item"),
          "DocumentReference",
          List.of(US_CORE + "us-core-documentreference-category|clinical-note"),
          "Observation",
          List.of(
              OBSERVATION + "laboratory",
              OBSERVATION + "vital-signs",
              OBSERVATION + "social-history",
              OBSERVATION + "survey",
              OBSERVATION + "procedure",
              US_CORE + "us-core-category|sdoh"));

  /// What one scope opens.
  ///
  /// @param context groups are opened by `system` alone
  /// @param type `*` for every one
  /// @param letters of cruds
  /// @param category empty for all of the type
  record Grant(String context, String type, String letters, String category) {
    private boolean isAbout(String wanted, char letter) {
      return (type.equals("*") || type.equals(wanted))
          && letters.indexOf(letter) >= 0
          && (context.equals("system") || !StoredRecords.isForServices(wanted));
    }
  }

  /// As `system|code`; of most types none.
  static List<String> categories(String type) {
    return CATEGORIES.getOrDefault(type, List.of());
  }

  /// All forms for one type.
  ///
  /// @param context `patient`, `user` or `system`
  static List<ScopeForm> of(String context, String type) {
    var forms = new ArrayList<ScopeForm>();
    forms.add(form(context, type, ".read", "rs"));
    forms.add(form(context, type, ".*", "cruds"));
    forms.add(form(context, type, ".r", "r"));
    forms.add(form(context, type, ".s", "s"));
    forms.add(form(context, type, ".rs", "rs"));
    forms.add(form(context, type, ".cruds", "cruds"));
    forms.add(form(context, "*", ".read", "rs"));
    forms.add(form(context, "*", ".*", "cruds"));
    forms.add(form(context, "*", ".r", "r"));
    forms.add(form(context, "*", ".s", "s"));
    for (var category : categories(type)) {
      for (var letters : List.of("rs", "r", "s")) {
        forms.add(filtered(context, type, letters, category));
      }
    }
    if (categories(type).size() > 1) {
      forms.add(splitByCategory(context, type));
    }
    var another = type.equals("Goal") ? "Procedure" : "Goal";
    var other = form(context, another, ".cruds", "cruds");
    forms.add(new ScopeForm("of another type", other.scopes, other.grants));
    forms.add(new ScopeForm("of the wrong kind", wrong(context, type), List.of()));
    return forms;
  }

  /// A patient's app of which no user is known may hold any.
  private static String wrong(String context, String type) {
    return Stream.of("patient", "user", "system")
        .filter(other -> !other.equals(context))
        .map(other -> other + "/" + type + ".cruds")
        .collect(joining(" "));
  }

  private static ScopeForm form(String context, String type, String suffix, String letters) {
    var head = type.equals("*") ? "*" : "Type";
    return new ScopeForm(
        head + suffix,
        context + "/" + type + suffix,
        List.of(new Grant(context, type, letters, "")));
  }

  private static ScopeForm filtered(String context, String type, String letters, String category) {
    return new ScopeForm(
        "Type.%s?category=%s".formatted(letters, code(category)),
        "%s/%s.%s?category=%s".formatted(context, type, letters, category),
        List.of(new Grant(context, type, letters, category)));
  }

  private static ScopeForm splitByCategory(String context, String type) {
    var categories = categories(type);
    var read = categories.getFirst();
    var search = categories.get(1);
    var head = context + "/" + type;
    return new ScopeForm(
        "Type.r?category=%s Type.s?category=%s".formatted(code(read), code(search)),
        head + ".r?category=" + read + " " + head + ".s?category=" + search,
        List.of(new Grant(context, type, "r", read), new Grant(context, type, "s", search)));
  }

  private static String code(String category) {
    return category.substring(category.indexOf('|') + 1);
  }

  /// With two more types, which paths through other types need.
  ScopeForm with(String context, String... types) {
    var more = new ArrayList<>(grants);
    var spelled = new StringBuilder(scopes);
    for (var type : types) {
      more.add(new Grant(context, type, "rs", ""));
      spelled.append(" %s/%s.rs".formatted(context, type));
    }
    return new ScopeForm(name, spelled.toString(), more);
  }

  /// Whether it means the same as another form in [#of], or the same for another category, or a
  /// part of it.
  boolean isLikeAnother() {
    return List.of("Type.read", "Type.*", "Type.rs").contains(name)
        || name.startsWith("*")
        || (name.startsWith("Type.rs?") && !isOfFirstCategory())
        || isOfOneLetter();
  }

  /// Of a category, to read or to search alone.
  boolean isOfOneLetter() {
    return grants.size() == 1 && name.matches("Type\\.[rs]\\?.*");
  }

  private boolean isOfFirstCategory() {
    return grants.stream().allMatch(one -> one.category.equals(categories(one.type).getFirst()));
  }

  /// On some resources of the type at least.
  boolean opens(String type, char letter) {
    return !StoredRecords.isClosed(type)
        && grants.stream().anyMatch(grant -> grant.isAbout(type, letter));
  }

  boolean opensAll(String type, char letter) {
    return !StoredRecords.isClosed(type)
        && grants.stream()
            .anyMatch(grant -> grant.isAbout(type, letter) && grant.category.isEmpty());
  }

  boolean opens(Stored resource, char letter) {
    return !StoredRecords.isClosed(resource.type())
        && grants.stream()
            .filter(grant -> grant.isAbout(resource.type(), letter))
            .anyMatch(
                grant ->
                    grant.category.isEmpty() || resource.categories().contains(grant.category));
  }
}
