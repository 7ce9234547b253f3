package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.PlainText;
import dev.latchkey.launch.AppContext;
import dev.latchkey.launch.AppFrame;
import dev.latchkey.launch.LaunchContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Judges the launch tasks of a user: which app each one opens, and for whom, or why it opens none.
final class LaunchOffers {
  private static final int LONGEST_ADDRESS = 200;

  private final LaunchTasks tasks;
  private final ClientRegistry clients;
  private final Encounters encounters;
  private final AppFrame frame;

  /// @param frame in which the EHR shows the apps
  LaunchOffers(LaunchTasks tasks, ClientRegistry clients, Encounters encounters, AppFrame frame) {
    this.tasks = tasks;
    this.clients = clients;
    this.encounters = encounters;
    this.frame = frame;
  }

  /// Of all tasks that are still to do for this user.
  List<LaunchOffer> all(User user, Instant now) {
    var open = tasks.open(user);
    if (open.isEmpty()) {
      return List.of();
    }
    var addresses = LaunchAddresses.of(clients, now);
    return open.stream().map(task -> judge(task, user, addresses)).toList();
  }

  /// Of one task; empty where it is over, or not for this user.
  Optional<LaunchOffer> find(String id, User user, Instant now) {
    return tasks.find(id, user).map(task -> judge(task, user, LaunchAddresses.of(clients, now)));
  }

  private LaunchOffer judge(LaunchTask task, User user, LaunchAddresses addresses) {
    var patient = task.patientOf(user).map(PatientAccess::id);
    if (task.about().isPresent() && patient.isEmpty()) {
      return new LaunchOffer.Closed(
          task, "It is about somebody whose record you may not open.", false);
    }
    var encounter = task.encounterId();
    if (encounter.isPresent()
        && (encounter.get().isEmpty()
            || patient.isEmpty()
            || !encounters.isOf(patient.get(), encounter.get()))) {
      return closed(task, "Its encounter is none of this patient.");
    }
    if (!task.isClear()) {
      return closed(task, "It does not say clearly which app to open and what to tell it.");
    }
    if (!task.appContext().map(AppContext::fits).orElse(true)) {
      return closed(task, "What it has to tell the app is too long.");
    }
    var apps = addresses.at(task.address());
    if (apps.size() != 1) {
      return closed(task, apps.isEmpty() ? noApp(task) : severalApps(task));
    }
    return new LaunchOffer.Open(task, wanted(task, apps.getFirst(), patient, encounter));
  }

  private Wanted wanted(
      LaunchTask task, Client app, Optional<String> patient, Optional<String> encounter) {
    return new Wanted(
        app,
        new LaunchContext(
            patient.orElse(null),
            encounter.orElse(null),
            List.of(),
            null,
            null,
            frame,
            task.appContext().map(AppContext::new).orElse(null)));
  }

  private static LaunchOffer closed(LaunchTask task, String why) {
    return new LaunchOffer.Closed(task, why, true);
  }

  private static String noApp(LaunchTask task) {
    return "No app is registered to be opened at " + address(task) + ".";
  }

  private static String severalApps(LaunchTask task) {
    return "Several apps are registered to be opened at "
        + address(task)
        + ", and it does not say which one.";
  }

  private static String address(LaunchTask task) {
    return PlainText.line(task.address(), LONGEST_ADDRESS);
  }
}
