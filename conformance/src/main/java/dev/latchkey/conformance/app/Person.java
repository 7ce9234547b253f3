package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/// Who signs in and decides.
public interface Person {
  /// Opens the address, or posts to it, and decides.
  ///
  /// @param form what to post; empty to open the address with GET
  /// @param ticked which of the offered values stay ticked
  /// @param allow whether the person says yes
  /// @return where the browser left the server
  /// @throws Unmet when the pages end elsewhere
  /// @throws NotApplicable when this person cannot be asked that
  URI decide(URI address, Map<String, String> form, Predicate<String> ticked, boolean allow)
      throws Unmet, NotApplicable;

  /// Takes back what an app was allowed, on the page where the server lists apps.
  ///
  /// @throws Unmet when the page does not list it
  /// @throws NotApplicable when this person cannot be asked that
  void takeBack(URI page, String appName) throws Unmet, NotApplicable;
}
