package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.BrowserSessions.SignedIn;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.client.Client;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Language;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Request;
import dev.latchkey.http.RequestOrigin;
import dev.latchkey.http.Response;
import dev.latchkey.launch.AppFrame;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.portal.PortalPages;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The desk of somebody who uses the EHR: they sign in, open a patient's record, and open apps on
/// it.
final class Desk {
  /// What the forms' tokens are about.
  private static final String PAGE = "ehr";

  private final Wiring wiring;
  private final BrowserSessions sessions;
  private final PasswordCheck passwords;
  private final Cookies cookies;
  private final AppOpening opening;
  private final Encounters encounters;
  private final LaunchTasks tasks;
  private final LaunchOffers offers;
  private final List<DemoApp> apps;

  /// @param apps to choose from; others are opened by their client id
  Desk(Wiring wiring, Encounters encounters, LaunchTasks tasks, List<DemoApp> apps) {
    this.wiring = wiring;
    this.sessions = wiring.browserSessions();
    this.passwords = new PasswordCheck(wiring.stores().users(), wiring.stores().throttle());
    this.cookies = wiring.cookies();
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
    return signedIn(request)
        .map(user -> desk(user, 200, request.query().get("patient").orElse(""), ""))
        .orElseGet(() -> signInForm(request, 200, "", ""));
  }

  /// Signs in, as at the authorization server: under a new session id.
  Response signIn(Request request) {
    var form = request.form();
    var browser = cookies.read(request, Cookies.BROWSER).orElse("");
    if (browser.isEmpty() || isForeign(request, form, browser)) {
      return EhrPages.foreignForm();
    }
    var username = form.get("username").orElse("");
    return switch (passwords.check(
        username, form.get("password").orElse(""), wiring.clock().instant())) {
      case PasswordCheck.Outcome.Right(var user) -> begin(request, user);
      case PasswordCheck.Outcome.Wrong() -> again(request, username, SignInProblem.WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          again(request, username, SignInProblem.tooMany(retryAt, wiring.clock().instant()));
    };
  }

  Response signOut(Request request) {
    var user = signedIn(request);
    if (user.isEmpty()) {
      return home();
    }
    if (isForeign(request, request.form(), user.get().cookie())) {
      return EhrPages.foreignForm();
    }
    sessions.end(user.get().cookie(), wiring.clock().instant());
    return home().withCookie(cookies.clear(Cookies.SESSION));
  }

  /// Opens an app on what is open (SMART 2.2, EHR launch).
  Response open(Request request) {
    return atTheDesk(request, this::open);
  }

  private Response open(SignedIn signedIn, Parameters form) {
    var now = wiring.clock().instant();
    var wanted =
        Wanted.read(
            form, signedIn.user(), wiring.stores().clients(), encounters, styleUrl(wiring), now);
    return switch (wanted) {
      case Outcome.Refused<Wanted>(var failure) ->
          desk(signedIn, 400, form.get("patient").orElse(""), failure.description());
      case Outcome.Success<Wanted>(var app) -> opened(signedIn, app, now);
    };
  }

  /// Opens the app that a task asks for, and says in the task that it was begun (SMART 2.2, launch
  /// tasks).
  Response openTask(Request request) {
    return atTheDesk(request, this::openTask);
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

  /// What a form of the desk does for whoever is signed in.
  private Response atTheDesk(Request request, BiFunction<SignedIn, Parameters, Response> action) {
    var signedIn = signedIn(request);
    if (signedIn.isEmpty()) {
      return home();
    }
    var form = request.form();
    return isForeign(request, form, signedIn.get().cookie())
        ? EhrPages.foreignForm()
        : action.apply(signedIn.get(), form);
  }

  private static String styleUrl(Wiring wiring) {
    return wiring.identity().url(AppStyle.PATH);
  }

  private Optional<SignedIn> signedIn(Request request) {
    var now = wiring.clock().instant();
    return cookies
        .read(request, Cookies.SESSION)
        .flatMap(cookie -> sessions.live(cookie, now))
        .filter(user -> sessions.touch(user.session().handle(), user.session().endsAt(), now));
  }

  private boolean isForeign(Request request, Parameters form, String cookie) {
    return form.problem().isPresent()
        || RequestOrigin.isForeign(request, wiring.identity().issuer())
        || !CsrfToken.matches(form.get("csrf").orElse(""), cookie, PAGE);
  }

  private Response begin(Request request, User user) {
    var now = wiring.clock().instant();
    var opened = sessions.open(user, now);
    cookies.read(request, Cookies.SESSION).ifPresent(before -> sessions.end(before, now));
    return home().withCookie(cookies.set(Cookies.SESSION, opened.cookie()));
  }

  private Response home() {
    return Response.seeOther(wiring.identity().url(Ehr.PATH));
  }

  private Response again(Request request, String username, SignInProblem problem) {
    return problem.on(
        signInForm(request, problem.status(), username, problem.text().in(Language.ENGLISH)));
  }

  private Response signInForm(Request request, int status, String username, String problem) {
    var known = cookies.read(request, Cookies.BROWSER);
    var browser = known.orElseGet(wiring.entropy()::value);
    var page =
        PortalPages.page(
            status,
            "ehrSignIn.jte",
            new SignInForm(
                CsrfToken.of(browser, PAGE),
                PlainText.line(username, PasswordCheck.LONGEST_USERNAME),
                problem));
    return known.isPresent() ? page : page.withCookie(cookies.set(Cookies.BROWSER, browser));
  }

  /// @param patient id of the patient to open; of nobody for the list
  private Response desk(SignedIn signedIn, int status, String patient, String problem) {
    var user = signedIn.user();
    var open = user.patients().size() == 1 ? onlyOne(user) : user.patient(patient);
    var page =
        DeskPage.of(
            user,
            open,
            open.map(PatientAccess::id).map(encounters::latest).orElse(List.of()),
            apps,
            offers.all(user, wiring.clock().instant()),
            CsrfToken.of(signedIn.cookie(), PAGE),
            problem);
    return PortalPages.page(status, "ehr.jte", page);
  }

  private static Optional<PatientAccess> onlyOne(User user) {
    return user.patients().stream().findFirst();
  }
}
