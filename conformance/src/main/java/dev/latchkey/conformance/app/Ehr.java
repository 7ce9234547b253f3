package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;

/// A record system in which somebody is signed in and opens apps (SMART 2.2, EHR launch).
@FunctionalInterface
public interface Ehr {
  /// Opens an app on a patient's record, with an encounter of that patient.
  ///
  /// @throws Unmet when it does not open
  /// @throws NotApplicable when this run has no such system
  Opened open(Server server, App app) throws Unmet, NotApplicable;

  /// An app as it was opened.
  ///
  /// @param address where the browser was sent
  /// @param person who opened it, in the same browser
  record Opened(URI address, Person person) {
    /// The handle that the app has to hand in.
    public String launch() throws Unmet {
      var launch = Attempt.query(address).get("launch");
      if (launch == null || launch.isEmpty()) {
        throw new Unmet("The app was opened without launch");
      }
      return launch;
    }
  }
}
