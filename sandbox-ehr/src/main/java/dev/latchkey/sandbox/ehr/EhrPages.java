package dev.latchkey.sandbox.ehr;

import dev.latchkey.http.Response;
import dev.latchkey.sandbox.portal.PortalPages;

/// Answers of the EHR that depend on nobody.
public final class EhrPages {
  private EhrPages() {}

  static Response noSuchPage() {
    return PortalPages.problem(
        404, "There is no such page", "Go back to the record system's first page.");
  }

  static Response foreignForm() {
    return PortalPages.problem(
        403,
        "This did not come from the record system's page",
        "Nothing was opened. Open the record system again and send the form from there.");
  }

  /// In between: the browser goes on by itself, and a developer can see where.
  static Response opening(Opening opening) {
    return PortalPages.page(200, "ehrOpening.jte", opening)
        .withHeader("refresh", "1;url=" + opening.address());
  }

  /// What `ehrOpening.jte` shows.
  ///
  /// @param alone whether the app is opened without a handle
  public record Opening(String appName, String address, boolean alone) {}
}
