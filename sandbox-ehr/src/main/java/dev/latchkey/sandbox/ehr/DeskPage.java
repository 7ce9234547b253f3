package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.PatientWording;
import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.http.Language;
import dev.latchkey.http.PlainText;
import dev.latchkey.sandbox.contents.DemoApp;
import java.util.List;
import java.util.Optional;

/// What `ehr.jte` shows: whose record is open and what can be opened with it.
///
/// @param clinician whether the user works here; otherwise it is a patient, or somebody who acts
///   for one
/// @param patients whose records this user may open
/// @param open the patient whose record is open
/// @param encounters of that patient
/// @param apps that registered an address for an EHR
/// @param tasks that ask the user to open an app, about the open patient or, with no record open,
///   all
/// @param left whether a task was left just now
/// @param problem empty for none
public record DeskPage(
    String csrf,
    String name,
    boolean clinician,
    List<Patient> patients,
    Optional<Patient> open,
    List<Encounters.Choice> encounters,
    List<App> apps,
    List<AskedApp> tasks,
    boolean left,
    String problem) {

  /// A patient of the user.
  ///
  /// @param details relationship and birth date in plain words
  public record Patient(String id, String name, String details) {}

  /// An app that can be opened.
  public record App(String clientId, String name, String description) {}

  static DeskPage of(
      User user,
      Optional<PatientAccess> open,
      List<Encounters.Choice> encounters,
      List<DemoApp> apps,
      List<LaunchOffer> offers,
      String csrf,
      boolean left,
      String problem) {
    return new DeskPage(
        csrf,
        PlainText.name(user.name()),
        LaunchTask.isClinician(user),
        user.patients().stream().map(DeskPage::patient).toList(),
        open.map(DeskPage::patient),
        encounters,
        apps.stream()
            .filter(app -> app.launchUrl() != null)
            .map(app -> new App(app.clientId(), app.name(), app.description()))
            .toList(),
        offers.stream()
            .filter(offer -> isAbout(offer.task(), open))
            .map(offer -> AskedApp.of(offer, user))
            .toList(),
        left,
        problem);
  }

  private static boolean isAbout(LaunchTask task, Optional<PatientAccess> open) {
    return open.isEmpty()
        || task.about().isEmpty()
        || task.about().get().equals("Patient/" + open.get().id());
  }

  private static Patient patient(PatientAccess access) {
    return new Patient(
        access.id(),
        PlainText.name(access.name()),
        PatientWording.details(access, Language.ENGLISH));
  }
}
