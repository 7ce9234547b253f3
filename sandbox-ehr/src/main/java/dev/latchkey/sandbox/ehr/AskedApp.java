package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.PlainText;

/// A launch task as `ehr.jte` shows it. Every text but the task's id is fit for a page and may be
/// empty.
///
/// @param name of the app; empty where no app can be opened
/// @param patient name of whom it is about
/// @param what to do
/// @param why it is to be done
/// @param asked who asked for it, and when
/// @param problem why the app cannot be opened; empty where it can
public record AskedApp(
    String task,
    String name,
    String patient,
    String what,
    String why,
    String asked,
    String problem) {
  private static final int LONGEST_TEXT = 300;

  static AskedApp of(LaunchOffer offer, User user) {
    return switch (offer) {
      case LaunchOffer.Open(var task, var app) ->
          of(task, user, PlainText.name(app.client().name()), "");
      case LaunchOffer.Closed(var task, var problem, var isShown) ->
          isShown
              ? of(task, user, "", problem)
              : new AskedApp(task.id(), "", "", "", "", "", problem);
    };
  }

  private static AskedApp of(LaunchTask task, User user, String name, String problem) {
    return new AskedApp(
        task.id(),
        name,
        task.patientOf(user).map(PatientAccess::name).map(PlainText::name).orElse(""),
        PlainText.line(task.description(), LONGEST_TEXT),
        PlainText.line(task.reason(), LONGEST_TEXT),
        asked(task),
        problem);
  }

  private static String asked(LaunchTask task) {
    var who = task.requester().isEmpty() ? "" : "by " + PlainText.name(task.requester());
    var when =
        task.authored().isEmpty()
            ? ""
            : "on " + DisplayTime.date(task.authored(), Language.ENGLISH);
    return (who + " " + when).strip();
  }
}
