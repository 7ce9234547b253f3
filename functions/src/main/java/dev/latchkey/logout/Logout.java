package dev.latchkey.logout;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.FormTarget;
import dev.latchkey.http.Language;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Request;
import dev.latchkey.http.RequestOrigin;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.token.IdTokenReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Everything at `/logout`: ends the session of the browser and the `online_access` that came from
/// it, and nothing else of the user.
///
/// An app that sends an id token of whoever is signed in has shown that it knows them, and the
/// session ends at once. Otherwise any page could sign people out, so they are asked (RP-Initiated
/// Logout 1.0 section 2).
public record Logout(
    BrowserSessions sessions,
    ClientRegistry clients,
    IdTokenReader idTokens,
    ServerIdentity identity,
    InstantSource clock) {
  /// What the form of the page is about.
  private static final String PAGE = "logout";

  /// What a form may hold. It has to fit into an address, and API Gateway takes 10 kB for that and
  /// the headers together.
  private static final int LONGEST = 6 * 1024;

  private static final Set<String> OF_THE_FORM = Set.of("csrf");

  /// Over what is signed in here, and the keys that id tokens are signed with.
  public static Logout over(
      BrowserSessions sessions,
      ClientRegistry clients,
      TokenSigner signer,
      ServerIdentity identity,
      InstantSource clock) {
    return new Logout(sessions, clients, new IdTokenReader(identity, signer), identity, clock);
  }

  /// Answers a GET or a POST.
  public Response answer(Request request) {
    var isPost = request.method().equals("POST");
    var parameters = isPost ? request.form() : request.query();
    var language =
        Language.preferred(parameters.get("ui_locales"), request.header("accept-language"));
    if (parameters.problem().isPresent()) {
      return Refusals.unreadable(language);
    }
    if (!isPost) {
      return show(request, asked(parameters), language);
    }
    if (request.body().length > LONGEST || parameters.encoded().length() > LONGEST) {
      return Refusals.tooLarge(language);
    }
    return parameters.get("csrf").isEmpty()
        ? toThePage(parameters)
        : confirmed(request, parameters, language);
  }

  private LogoutRequest asked(Parameters parameters) {
    return LogoutRequest.read(parameters, clients, idTokens, clock.instant());
  }

  private Response show(Request request, LogoutRequest asked, Language language) {
    var now = clock.instant();
    var found = live(request, now);
    if (found.isEmpty()) {
      return left(asked, language);
    }
    if (asked.isAbout(found.get().user().subject())) {
      sessions.end(found.get().cookie(), now);
      return left(asked, language).withCookie(cookies().clear(Cookies.SESSION));
    }
    return question(found.get(), asked, language);
  }

  private static Response question(
      BrowserSessions.SignedIn signedIn, LogoutRequest asked, Language language) {
    var page =
        new LogoutPage(
            language,
            CsrfToken.of(signedIn.cookie(), PAGE),
            asked.fields(),
            PlainText.name(signedIn.user().name()),
            asked.client().map(app -> PlainText.name(app.name())).orElse(""));
    return asked
        .destination()
        .map(to -> Pages.page(200, "logout.jte", page, FormTarget.of(to.address())))
        .orElseGet(() -> Pages.page(200, "logout.jte", page));
  }

  /// Where an app asks with a form, the browser sends no cookie along (`SameSite=Lax`), so it is
  /// led to come again with an address.
  private Response toThePage(Parameters parameters) {
    var query = parameters.without(OF_THE_FORM).encoded();
    var address = identity.url("/logout" + (query.isEmpty() ? "" : "?" + query));
    return Response.seeOther(address).withHeader("cache-control", "no-store");
  }

  /// The person said yes, on our own page.
  private Response confirmed(Request request, Parameters form, Language language) {
    if (RequestOrigin.isForeign(request, identity.issuer())) {
      return Refusals.foreignForm(language);
    }
    var now = clock.instant();
    var found = live(request, now);
    if (found.isEmpty()) {
      return toThePage(form);
    }
    var cookie = found.get().cookie();
    if (!CsrfToken.matches(form.get("csrf").orElse(""), cookie, PAGE)) {
      return Refusals.foreignForm(language);
    }
    sessions.end(cookie, now);
    return toThePage(form).withCookie(cookies().clear(Cookies.SESSION));
  }

  /// For a browser in which nobody is signed in, or nobody any more.
  private static Response left(LogoutRequest asked, Language language) {
    var destination = asked.destination();
    return destination
        .filter(Destination::isAnswered)
        .map(to -> Response.seeOther(to.address()).withHeader("cache-control", "no-store"))
        .orElseGet(
            () -> Pages.page(200, "signedOut.jte", new SignedOutPage(language, destination)));
  }

  private Optional<BrowserSessions.SignedIn> live(Request request, Instant now) {
    return cookies().read(request, Cookies.SESSION).flatMap(cookie -> sessions.live(cookie, now));
  }

  private Cookies cookies() {
    return Cookies.forIssuer(identity.issuer());
  }
}
