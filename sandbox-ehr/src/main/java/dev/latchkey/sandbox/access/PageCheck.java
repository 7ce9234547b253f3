package dev.latchkey.sandbox.access;

import ca.uhn.fhir.util.UrlUtil;
import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.Interaction;
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
  private final Refusals refusals;

  PageCheck(
      Function<String, Optional<StoredSearch>> stored,
      SearchCheck searches,
      PatientRecord record,
      Refusals refusals) {
    this.stored = stored;
    this.searches = searches;
    this.record = record;
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

  /// The types that the operation was narrowed to. HAPI keeps their commas escaped.
  private void requireAll(AccessToken token, StoredSearch search) {
    require(token, search.type);
    var granted = token.typesWith(Interaction.READ, Interaction.SEARCH);
    for (var types : search.parameters().getOrDefault("_type", new String[0])) {
      for (var type : types.split("\\\\?,", -1)) {
        if (!granted.contains(type)) {
          throw refusals.insufficientScope(token, Words.plain(type), Interaction.READ);
        }
      }
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
    return (token.isOfService()
            || record.kind(search.type) == Kind.DIRECTORY
            || search.style == StoredSearch.Style.HISTORY
            || isNarrowedTo(token, search))
        && isWithinFilter(token, search);
  }

  /// Page sizes count what was found, also what the filter of this token keeps back.
  private static boolean isWithinFilter(AccessToken token, StoredSearch search) {
    return search.style != StoredSearch.Style.SEARCH
        || !(token.permission(search.type, Interaction.SEARCH) instanceof Filtered(var filter))
        || filter.covers(SearchTerms.of(search.type, search.parameters()));
  }

  private boolean isNarrowedTo(AccessToken token, StoredSearch search) {
    var values =
        search.parameters().getOrDefault(record.ownerParameter(search.type), new String[0]);
    return Arrays.stream(values)
        .anyMatch(
            value ->
                value.equals(token.patient())
                    || value.equals(PatientRecord.PATIENT + "/" + token.patient()));
  }
}
