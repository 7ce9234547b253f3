package dev.latchkey.apps;

import dev.latchkey.http.Pages;
import dev.latchkey.http.Response;

/// The pages for requests that cannot be answered.
final class Refusals {
  private static final String NOTHING_CHANGED = "Nothing was changed. Open your apps again.";

  private Refusals() {}

  static Response noSuchPage() {
    return Pages.error(404, "No such page", "Check the address, or open your apps again.");
  }

  static Response wrongMethod() {
    return Pages.error(405, "This page cannot be used like that", NOTHING_CHANGED)
        .withHeader("allow", "GET, POST");
  }

  static Response tooLarge() {
    return Pages.error(413, "Too much was sent", "The form was larger than ours ever are.");
  }

  static Response unreadable(String problem) {
    return Pages.error(400, "The request could not be read", problem + " " + NOTHING_CHANGED);
  }

  static Response foreignForm() {
    return Pages.error(
        403,
        "This did not come from our page",
        "To protect you, we take forms only from the page that we showed you. Allow cookies for "
            + "this site, and do not use a page from before you signed in. "
            + NOTHING_CHANGED);
  }

  /// The same for one that never was and for one of somebody else.
  static Response noSuchKey() {
    return Pages.error(404, "No such key", "It is not on your list. " + NOTHING_CHANGED);
  }
}
