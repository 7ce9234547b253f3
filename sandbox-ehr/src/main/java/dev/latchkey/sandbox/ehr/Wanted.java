package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.launch.AppContext;
import dev.latchkey.launch.AppFrame;
import dev.latchkey.launch.ContextReference;
import dev.latchkey.launch.LaunchContext;
import java.time.Instant;
import java.util.Optional;

/// Which app the user of the EHR wants to open and what is open, read from the form and compared
/// with what this user may see.
///
/// @param context that the app will be told
record Wanted(Client client, LaunchContext context) {
  private static final int LONGEST_WORD = 100;

  /// @param styleUrl of the EHR's look
  static Outcome<Wanted> read(
      Parameters form,
      User user,
      ClientRegistry clients,
      Encounters encounters,
      String styleUrl,
      Instant now) {
    var client =
        word(form, "client_id")
            .map(ClientId::new)
            .flatMap(clients::find)
            .filter(app -> app.registration().isUsable(now.getEpochSecond()));
    if (client.isEmpty()) {
      return refused("No app is registered under this client ID.");
    }
    if (client.get().profile().launchUrl() == null) {
      return refused("This app registered no address at which an EHR could open it.");
    }
    var patient = word(form, "patient").flatMap(user::patient).map(User.PatientAccess::id);
    if (word(form, "patient").isPresent() && patient.isEmpty()) {
      return refused("This patient is not one of yours.");
    }
    var encounter = word(form, "encounter");
    if (encounter.isPresent()
        && (patient.isEmpty() || !encounters.isOf(patient.get(), encounter.get()))) {
      return refused("This is no encounter of the patient.");
    }
    var other = word(form, "reference");
    if (other.isPresent() && !ContextReference.isReference(other.get())) {
      return refused("Name another resource as Type/id, but no patient and no encounter.");
    }
    var appContext = form.get("app_context").filter(text -> !text.isBlank());
    if (!appContext.map(AppContext::fits).orElse(true)) {
      return refused("What the app is told (appContext) is longer than 2048 bytes.");
    }
    return Outcome.success(
        new Wanted(
            client.get(),
            new LaunchContext(
                patient.orElse(null),
                encounter.orElse(null),
                other.map(reference -> new ContextReference(reference, null)).stream().toList(),
                word(form, "intent").orElse(null),
                word(form, "tenant").orElse(null),
                new AppFrame(form.get("banner").isPresent(), styleUrl),
                appContext.map(AppContext::new).orElse(null))));
  }

  /// A field that was filled in; longer ones are cut off.
  private static Optional<String> word(Parameters form, String name) {
    return form.get(name)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) : text);
  }

  static <T> Outcome<T> refused(String description) {
    return Outcome.refused(OAuthFailure.invalidRequest(description));
  }
}
