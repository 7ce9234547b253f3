package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.entity.Search;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import dev.latchkey.sandbox.access.PageCheck.StoredSearch;
import java.util.Optional;
import java.util.function.Function;

/// Finds a stored search by the id in a page link, in HAPI's table of searches.
final class StoredSearches implements Function<String, Optional<StoredSearch>> {
  private final ISearchCacheSvc searches;

  StoredSearches(ISearchCacheSvc searches) {
    this.searches = searches;
  }

  @Override
  public Optional<StoredSearch> apply(String id) {
    return id.isBlank()
        ? Optional.empty()
        : searches.fetchByUuid(id, RequestPartitionId.allPartitions()).map(StoredSearches::read);
  }

  private static StoredSearch read(Search search) {
    var style =
        switch (search.getSearchType()) {
          case SEARCH -> StoredSearch.Style.SEARCH;
          case EVERYTHING -> StoredSearch.Style.EVERYTHING;
          case HISTORY -> StoredSearch.Style.HISTORY;
        };
    var type = search.getResourceType();
    var query = search.getSearchQueryString();
    return new StoredSearch(style, type == null ? "" : type, query == null ? "" : query);
  }
}
