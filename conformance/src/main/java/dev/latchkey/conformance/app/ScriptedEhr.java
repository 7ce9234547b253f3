package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// The record system of a Latchkey sandbox, in which a scripted person opens apps.
///
/// @param page its address; if empty, `/ehr` beside the FHIR base
/// @param user who signs in there, and whose record they open
public record ScriptedEhr(Optional<URI> page, ScriptedPerson user) implements Ehr {
  @Override
  public Opened open(Server server, App app) throws Unmet, NotApplicable {
    var browser = new Browser(new Http());
    var person = user.in(browser);
    var first = browser.get(page.orElse(server.fhirBase().resolve("/ehr")));
    if (first.status() == 404) {
      throw new NotApplicable("there is no record system at %s (--ehr)".formatted(first.uri()));
    }
    var record = record(browser, person.signIn(first.with(200)).with(200));
    var form = parsed(record).selectFirst("form:has([name=client_id])");
    if (form == null) {
      throw new Unmet("No app can be opened at " + record.uri());
    }
    var filled = Form.filled(form, field -> value(field, app));
    var opening = browser.post(filled.action(), filled.body()).with(200);
    var link = parsed(opening).selectFirst("a.open");
    if (link == null) {
      throw new Unmet("The app was not opened at " + opening.uri());
    }
    return new Opened(URI.create(link.absUrl("href")), person);
  }

  /// Opens the patient's record, where there is a choice.
  private Answer record(Browser browser, Answer desk) throws Unmet {
    var links = parsed(desk).select("a[href*=?patient=]");
    for (var link : links) {
      if (user.patient().isEmpty() || link.attr("href").endsWith("=" + user.patient())) {
        return browser.get(URI.create(link.absUrl("href"))).with(200);
      }
    }
    return desk;
  }

  private static Element parsed(Answer answer) {
    return Jsoup.parse(answer.body(), answer.uri().toString());
  }

  /// An encounter is opened too, and whatever else the app can be told.
  private static Optional<String> value(Element field, App app) {
    return switch (field.attr("name")) {
      case "client_id" -> Optional.of(app.id());
      case "intent", "tenant" -> Optional.of("checks");
      case "reference" -> Optional.of("DiagnosticReport/checks");
      default -> standard(field);
    };
  }

  private static Optional<String> standard(Element field) {
    return switch (Form.kind(field)) {
      case "checkbox", "submit" -> Optional.empty();
      case "radio" -> Optional.of(field.attr("value")).filter(value -> isFirstReal(field, value));
      case "select" -> Form.preselected(field);
      default -> Optional.of(field.attr("value"));
    };
  }

  private static boolean isFirstReal(Element radio, String value) {
    var form = radio.closest("form");
    return !value.isEmpty()
        && form != null
        && radio.equals(
            form.selectFirst(
                "input[type=radio][name=%s]:not([value=\"\"])".formatted(radio.attr("name"))));
  }
}
