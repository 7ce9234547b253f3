package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.BrowserSessions.SignedIn;
import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.client.Client;
import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.launch.AppFrame;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.portal.PortalPages;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/// The desk of somebody who uses the EHR: they sign in, open a patient's record, and open apps on
/// it.
final class Desk {
  private final Wiring wiring;
  private final Door door;
  private final AppOpening opening;
  private final Encounters encounters;
  private final LaunchTasks tasks;
  private final LaunchOffers offers;
  private final List<DemoApp> apps;

  /// @param door lets people in
  /// @param apps to choose from; others are opened by their client id
  Desk(Wiring wiring, Door door, Encounters encounters, LaunchTasks tasks, List<DemoApp> apps) {
    this.wiring = wiring;
    this.door = door;
    this.opening = new AppOpening(wiring.stores().launches(), wiring.identity(), wiring.entropy());
    this.encounters = encounters;
    this.tasks = tasks;
    this.offers =
        new LaunchOffers(
            tasks, wiring.stores().clients(), encounters, new AppFrame(false, styleUrl(wiring)));
    this.apps = List.copyOf(apps);
  }

  /// The desk, or the form to sign in.
  Response show(Request request) {
    return door.signedIn(request)
        .map(user -> desk(user, request.query()))
        .orElseGet(() -> door.signInForm(request));
  }

  /// Opens an app on what is open (SMART 2.2, EHR launch).
  Response open(Request request) {
    return door.form(request, this::open);
  }

  private Response open(SignedIn signedIn, Parameters form) {
    var now = wiring.clock().instant();
    return switch (wanted(signedIn, form, now)) {
      case Outcome.Refused<Wanted>(var failure) ->
          desk(signedIn, 400, form.get("patient").orElse(""), failure.description());
      case Outcome.Success<Wanted>(var app) -> opened(signedIn, app, now);
    };
  }

  /// Opens the app that a task asks for, and says in the task that it was begun (SMART 2.2, launch
  /// tasks).
  Response openTask(Request request) {
    return door.form(request, this::openTask);
  }

  private Response openTask(SignedIn signedIn, Parameters form) {
    var now = wiring.clock().instant();
    var patient = form.get("patient").orElse("");
    return offers
        .find(form.get("task").orElse(""), signedIn.user(), now)
        .map(
            offer ->
                switch (offer) {
                  case LaunchOffer.Open(var task, var app) ->
                      tasks.begin(task.id(), now)
                          ? opened(signedIn, task.kind(), app, now)
                          : nothingToDo(signedIn, patient);
                  case LaunchOffer.Closed(_, var why, _) -> desk(signedIn, 400, patient, why);
                })
        .orElseGet(() -> nothingToDo(signedIn, patient));
  }

  /// Says in a task that it is done, or that its user will not do it.
  Response endTask(Request request) {
    return door.form(request, this::endTask);
  }

  private Response endTask(SignedIn signedIn, Parameters form) {
    var end =
        form.get("decision").orElse("").equals("completed")
            ? TaskStatus.COMPLETED
            : TaskStatus.REJECTED;
    var patient = form.get("patient").orElse("");
    return tasks
            .find(form.get("task").orElse(""), signedIn.user())
            .filter(task -> tasks.change(task.id(), end, wiring.clock().instant()))
            .isPresent()
        ? Response.seeOther(address(patient, false))
        : nothingToDo(signedIn, patient);
  }

  /// Leaves a task for the user themselves or for the patient whose record is open.
  Response ask(Request request) {
    return door.form(request, this::ask);
  }

  private Response ask(SignedIn signedIn, Parameters form) {
    var now = wiring.clock().instant();
    var patient = form.get("patient").orElse("");
    var wish =
        wanted(signedIn, form, now)
            .then(
                wanted ->
                    LaunchWish.read(
                        form,
                        signedIn.user(),
                        wanted,
                        LaunchAddresses.of(wiring.stores().clients(), now)));
    return switch (wish) {
      case Outcome.Refused<LaunchWish>(var failure) ->
          desk(signedIn, 400, patient, failure.description());
      case Outcome.Success<LaunchWish>(var asked) -> {
        tasks.create(asked.task(now));
        yield Response.seeOther(address(patient, true));
      }
    };
  }

  private Outcome<Wanted> wanted(SignedIn signedIn, Parameters form, Instant now) {
    return Wanted.read(
        form, signedIn.user(), wiring.stores().clients(), encounters, styleUrl(wiring), now);
  }

  private String address(String patient, boolean left) {
    var parameters = new LinkedHashMap<String, String>();
    if (!patient.isEmpty()) {
      parameters.put("patient", patient);
    }
    if (left) {
      parameters.put("left", "task");
    }
    return AddressQuery.add(wiring.identity().url(Ehr.PATH), parameters);
  }

  private Response nothingToDo(SignedIn signedIn, String patient) {
    return desk(
        signedIn,
        404,
        patient,
        "There is nothing to do for you under this task: it is done, was taken back, or is somebody"
            + " else’s.");
  }

  private Response opened(SignedIn signedIn, LaunchTask.Kind kind, Wanted app, Instant now) {
    return switch (kind) {
      case EHR -> opened(signedIn, app, now);
      case STANDALONE -> alone(app.client());
    };
  }

  private Response opened(SignedIn signedIn, Wanted app, Instant now) {
    var launch = new Launch(signedIn.user().subject(), app.context());
    var address = opening.open(app.client(), launch, now).orElseThrow();
    return EhrPages.opening(
        new EhrPages.Opening(PlainText.name(app.client().name()), address, false));
  }

  private static Response alone(Client app) {
    var address = URI.create(String.valueOf(app.profile().launchUrl())).toASCIIString();
    return EhrPages.opening(new EhrPages.Opening(PlainText.name(app.name()), address, true));
  }

  private static String styleUrl(Wiring wiring) {
    return wiring.identity().url(AppStyle.PATH);
  }

  private Response desk(SignedIn signedIn, Parameters query) {
    var patient = query.get("patient").orElse("");
    return PortalPages.page(
        200, "ehr.jte", page(signedIn, patient, query.get("left").isPresent(), ""));
  }

  private Response desk(SignedIn signedIn, int status, String patient, String problem) {
    return PortalPages.page(status, "ehr.jte", page(signedIn, patient, false, problem));
  }

  /// @param patient id of the patient to open; of nobody for the list
  private DeskPage page(SignedIn signedIn, String patient, boolean left, String problem) {
    var user = signedIn.user();
    var open = user.patients().size() == 1 ? onlyOne(user) : user.patient(patient);
    return DeskPage.of(
        user,
        open,
        open.map(PatientAccess::id).map(encounters::latest).orElse(List.of()),
        apps,
        offers.all(user, wiring.clock().instant()),
        Door.csrf(signedIn),
        left,
        problem);
  }

  private static Optional<PatientAccess> onlyOne(User user) {
    return user.patients().stream().findFirst();
  }
}
