package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Found;
import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Scopes;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scopes over a category of a type. What they open is compared with what the same patient's full
/// access shows (US Core 6.1, SMART scopes; 45 CFR 170.315(g)(10) as of HTI-1).
final class Categories {
  private static final List<String> TYPES = List.of("Condition", "Observation");

  private Categories() {}

  static Group group() {
    return new Group(
        "Categories",
        "g(10) part 9, fine-grained scopes and granular selection; US Core granular scopes",
        List.of(
            new Check("SCO-4", "categories of group 1 are granted", s -> granted(s, GROUP_1)),
            new Check("SCO-4", "categories of group 2 are granted", s -> granted(s, GROUP_2)),
            new Check(
                "CON-2", "a patient may grant categories in place of all", Categories::selected),
            new Check(
                "RSV-5",
                "each search with group 1 finds what full access finds, as far as granted",
                s -> searches(s, GROUP_1)),
            new Check(
                "RSV-5",
                "each search with group 2 finds what full access finds, as far as granted",
                s -> searches(s, GROUP_2)),
            new Check(
                "RSV-5",
                "with group 1 what is granted can be read, and nothing else",
                s -> reads(s, GROUP_1)),
            new Check(
                "RSV-5",
                "with group 2 what is granted can be read, and nothing else",
                s -> reads(s, GROUP_2)),
            new Check(
                "SCO-6",
                "the same holds for what the patient chose",
                Categories::selectedIsEnforced)));
  }

  /// Scopes and the launch that asks for them.
  private record Wanted(Launch launch, List<String> scopes) {}

  private static final Wanted GROUP_1 = new Wanted(Launch.FINE_1, Scopes.GROUP_1);
  private static final Wanted GROUP_2 = new Wanted(Launch.FINE_2, Scopes.GROUP_2);

  private static void granted(Server server, Wanted wanted) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    var scopes = literal(server.granted(wanted.launch()));
    for (var scope : wanted.scopes()) {
      unless(scopes.contains(scope), "%s is missing in %s".formatted(scope, scopes));
    }
    assertNoWholeType(scopes);
  }

  private static void selected(Server server) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    var scopes = literal(server.granted(Launch.CATEGORIES_ONLY));
    assertNoWholeType(scopes);
    for (var type : TYPES) {
      unless(
          scopes.stream().anyMatch(scope -> scope.startsWith("patient/%s.rs?".formatted(type))),
          "No category of %s is in %s".formatted(type, scopes));
    }
  }

  private static void assertNoWholeType(Set<String> scopes) throws Unmet {
    for (var scope : scopes) {
      var isData = scope.startsWith("patient/") && !scope.contains("?");
      unless(!isData || !TYPES.contains(Scopes.type(scope)), "It also granted " + scope);
    }
  }

  /// The scopes with `|` as it is.
  private static Set<String> literal(Granted granted) throws Unmet {
    return granted.scopes().stream()
        .map(scope -> scope.replace("%7C", "|").replace("%7c", "|"))
        .collect(Collectors.toSet());
  }

  private static void searches(Server server, Wanted wanted) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    assertSearches(server, server.granted(wanted.launch()));
  }

  private static void selectedIsEnforced(Server server) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    var granted = server.granted(Launch.CATEGORIES_ONLY);
    for (var type : TYPES) {
      assertSearch(server, granted, type, everything(type, granted.text("patient")));
    }
    assertReads(server, granted);
  }

  private static void assertSearches(Server server, Granted narrow) throws Unmet, NotApplicable {
    for (var type : TYPES) {
      for (var query : queries(type, narrow.text("patient"))) {
        assertSearch(server, narrow, type, query);
      }
    }
  }

  private static void assertSearch(Server server, Granted narrow, String type, String query)
      throws Unmet, NotApplicable {
    var categories = categories(narrow, type);
    var expected =
        server.withFullAccess(query).byId().entrySet().stream()
            .filter(found -> Found.isIn(found.getValue(), categories))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    var answer = server.read(query, narrow.accessToken());
    var shown =
        answer.status() == 401 || answer.status() == 403
            ? Set.<String>of()
            : Found.of(server, answer, narrow.accessToken()).ids();
    var isInScope = categories.stream().anyMatch(category -> query.contains(encoded(category)));
    unless(
        shown.equals(expected) || (shown.isEmpty() && !isInScope),
        "%s shows %d resources where %d are granted"
            .formatted(query, shown.size(), expected.size()));
  }

  /// What full access is asked, and then the narrow one: all of it, in pages, of any patient, by
  /// category, and by something else.
  private static List<String> queries(String type, String patient) {
    var all = everything(type, patient);
    var queries = new ArrayList<String>();
    queries.add(all);
    queries.add("/%s?patient=%s&_count=40".formatted(type, patient));
    queries.add("/%s?_count=500".formatted(type));
    Stream.concat(Scopes.GROUP_1.stream(), Scopes.GROUP_2.stream())
        .filter(scope -> Scopes.type(scope).equals(type))
        .map(scope -> all + "&category=" + encoded(Scopes.category(scope)))
        .forEach(queries::add);
    queries.add(all + (type.equals("Condition") ? "&clinical-status=active" : "&status=final"));
    return queries;
  }

  private static String everything(String type, String patient) {
    return "/%s?patient=%s&_count=500".formatted(type, patient);
  }

  private static void reads(Server server, Wanted wanted) throws Unmet, NotApplicable {
    server.needs("permission-v2");
    assertReads(server, server.granted(wanted.launch()));
  }

  /// One resource of each set of categories that the patient has.
  private static void assertReads(Server server, Granted narrow) throws Unmet, NotApplicable {
    for (var type : TYPES) {
      var categories = categories(narrow, type);
      var all = server.withFullAccess(everything(type, narrow.text("patient"))).byId();
      var seen = new HashSet<String>();
      for (var found : all.entrySet()) {
        if (seen.add(String.valueOf(found.getValue().get("category")))) {
          var path = "/%s/%s".formatted(type, found.getKey());
          var status = server.read(path, narrow.accessToken()).status();
          var isGranted = Found.isIn(found.getValue(), categories);
          unless(
              isGranted == (status == 200),
              "%s is %sgranted and answered %d".formatted(path, isGranted ? "" : "not ", status));
        }
      }
      unless(!seen.isEmpty(), "The patient has no " + type);
    }
  }

  private static Set<String> categories(Granted granted, String type) throws Unmet {
    return literal(granted).stream()
        .filter(scope -> scope.startsWith("patient/%s.".formatted(type)) && scope.contains("?"))
        .map(Scopes::category)
        .collect(Collectors.toSet());
  }

  private static String encoded(String category) {
    return URLEncoder.encode(category, StandardCharsets.UTF_8);
  }
}
