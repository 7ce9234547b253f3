package dev.latchkey.apps;

import java.util.List;
import java.util.Optional;

/// What `apps.jte` shows.
///
/// @param hasPassword whether they have one to change here
/// @param after where this page begins, for the forms to come back to it; empty for the first
/// @param next where the next page begins; empty on the last one
public record AppsPage(
    PageLanguage language,
    String csrf,
    String signedInName,
    boolean hasPassword,
    Optional<JustDone> notice,
    List<App> apps,
    String after,
    Optional<String> next) {

  /// What the form before did.
  ///
  /// @param appName to whom
  /// @param can what the app cannot do any more
  public record JustDone(String appName, String can) {}

  /// One app and its keys on this page.
  ///
  /// @param details where it runs and whether it proves who it is; empty for one that is gone
  /// @param several whether there may be more than one key, here or on the pages beside
  public record App(
      String name, String details, boolean unverified, boolean several, List<Key> keys) {}

  /// One grant.
  ///
  /// @param id of the family
  /// @param record whose record; empty for none
  /// @param sees a sentence for each thing
  /// @param lastUsed empty when nothing is known
  public record Key(
      String id,
      Optional<SharedRecord> record,
      List<String> sees,
      String since,
      Optional<String> lastUsed,
      String until) {}

  /// Whose record.
  ///
  /// @param details birth date and relationship in plain words
  public record SharedRecord(String name, String details) {}

  public AppsPage {
    apps = List.copyOf(apps);
  }

  public boolean isFirst() {
    return after.isEmpty();
  }
}
