package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.util.UrlUtil;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.Permission;
import dev.latchkey.scope.Permission.Filtered;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Judges the request for a further page.
///
/// A page link holds the id of a stored search and nothing else, so whoever has the link could go
/// on reading with another token. Each page is therefore judged like the search that made it.
final class PageCheck {
  private static final Set<String> PARAMETERS =
      Set.of(
          "_getpages",
          "_getpagesoffset",
          "_pageId",
          "_bundletype",
          "_count",
          "_format",
          "_pretty",
          "_summary",
          "_elements",
          "_include",
          "_revinclude");

  /// A search that HAPI keeps so that its pages can be fetched.
  ///
  /// @param query as HAPI writes it, starting with a question mark; it is the narrowed one
  record StoredSearch(Style style, String type, String query) {
    /// What the pages are pages of.
    enum Style {
      SEARCH,
      EVERYTHING,
      HISTORY
    }

    private Map<String, String[]> parameters() {
      return UrlUtil.parseQueryString(query);
    }
  }

  private final Function<String, Optional<StoredSearch>> stored;
  private final SearchCheck searches;
  private final PatientRecord record;
  private final ResourceCheck resources;
  private final Refusals refusals;

  PageCheck(
      Function<String, Optional<StoredSearch>> stored,
      SearchCheck searches,
      PatientRecord record,
      ResourceCheck resources,
      Refusals refusals) {
    this.stored = stored;
    this.searches = searches;
    this.record = record;
    this.resources = resources;
    this.refusals = refusals;
  }

  void check(AccessToken token, Map<String, String[]> parameters) {
    var ids = parameters.getOrDefault("_getpages", new String[0]);
    if (!PARAMETERS.containsAll(parameters.keySet()) || ids.length != 1) {
      throw refusals.notOffered("This kind of page link");
    }
    var search =
        stored
            .apply(ids[0])
            .filter(found -> isFor(token, found))
            .orElseThrow(refusals::notReachable);
    switch (search.style) {
      case SEARCH -> searches.check(token, search.type, search.parameters());
      case EVERYTHING -> requireAll(token, search);
      case HISTORY -> require(token, search.type);
    }
  }

  /// The types that the operation was narrowed to.
  private void requireAll(AccessToken token, StoredSearch search) {
    var owners = owners(token, search);
    if (!token.recordsWith(search.type, Interaction.READ).containsAll(owners)) {
      throw refusals.insufficientScope(token, Words.plain(search.type), Interaction.READ);
    }
    var granted =
        owners.stream().flatMap(owner -> resources.typesIn(token, owner).stream()).collect(toSet());
    for (var types : search.parameters().getOrDefault(AskedTypes.PARAMETER, new String[0])) {
      SearchedRecords.either(types)
          .filter(type -> !granted.contains(type))
          .findFirst()
          .ifPresent(
              type -> {
                throw refusals.insufficientScope(token, Words.plain(type), Interaction.READ);
              });
    }
  }

  private void require(AccessToken token, String type) {
    if (!token.allows(type, Interaction.READ)) {
      throw refusals.insufficientScope(token, Words.plain(type), Interaction.READ);
    }
  }

  /// The directory is the same for everyone, and a service has no record to stay in. A history says
  /// not whose it is; there each resource is looked at, and the first foreign one ends the page.
  private boolean isFor(AccessToken token, StoredSearch search) {
    return switch (search.style) {
      case HISTORY -> true;
      case EVERYTHING -> isOfUser(token, search);
      case SEARCH ->
          isWithoutRestricted(token, search)
              && permission(token, search).filter(one -> isWithin(one, search)).isPresent();
    };
  }

  /// Its pages count what is restricted, too.
  private boolean isOfUser(AccessToken token, StoredSearch search) {
    return new SearchedRecords(token, record, owners(token, search)).areOfUser();
  }

  private boolean isWithoutRestricted(AccessToken token, StoredSearch search) {
    return record.kind(search.type) == Kind.DIRECTORY
        || record.kind(search.type) == Kind.TRAIL
        || Labels.areExcluded(search.parameters())
        || isOfUser(token, search);
  }

  /// Empty for a search that is not bound to records of this token, or to some of which it allows
  /// more than of others.
  private Optional<Permission> permission(AccessToken token, StoredSearch search) {
    if (token.isOfService() || record.kind(search.type) == Kind.DIRECTORY) {
      return Optional.of(token.permission(search.type, Interaction.SEARCH));
    }
    var owners = owners(token, search);
    var records = new SearchedRecords(token, record, owners);
    var permissions = records.permissions(search.type, Interaction.SEARCH);
    return permissions.size() == 1 ? permissions.stream().findFirst() : Optional.empty();
  }

  /// Page sizes count what was found, also what the filter of this token keeps back.
  private static boolean isWithin(Permission permission, StoredSearch search) {
    return !(permission instanceof Filtered(var filter))
        || filter.covers(SearchTerms.of(search.type, search.parameters()));
  }

  /// The patients that a search was narrowed to, when the token reaches all of their records. One
  /// `$everything` has one patient.
  private Set<String> owners(AccessToken token, StoredSearch search) {
    var reached = token.records();
    var values =
        search.parameters().getOrDefault(record.ownerParameter(search.type), new String[0]);
    return Arrays.stream(values)
        .map(value -> SearchedRecords.either(value).map(PageCheck::bareId).collect(toSet()))
        .filter(reached::containsAll)
        .findFirst()
        .orElseGet(Set::of);
  }

  private static String bareId(String value) {
    var prefix = PatientRecord.PATIENT + "/";
    return value.startsWith(prefix) ? value.substring(prefix.length()) : value;
  }
}
