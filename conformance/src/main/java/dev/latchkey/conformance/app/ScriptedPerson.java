package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// Fills in pages that need no JavaScript: user name and password, the choice of a record, the
/// boxes of a consent page. Each decision is made in a fresh browser.
///
/// @param patient which record to choose, where the pages ask; empty for the first one
public record ScriptedPerson(String username, String password, String patient) implements Person {
  private static final int MOST_PAGES = 8;

  @Override
  public URI decide(URI address, Map<String, String> form, Predicate<String> ticked, boolean allow)
      throws Unmet {
    return in(new Browser(new Http())).decide(address, form, ticked, allow);
  }

  @Override
  public void takeBack(URI page, String appName) throws Unmet {
    in(new Browser(new Http())).takeBack(page, appName);
  }

  /// The same person in a browser in which they did something already.
  Decider in(Browser browser) {
    return new Decider(this, browser);
  }

  @Override
  public String toString() {
    return "ScriptedPerson[" + username + "]";
  }

  /// A person at a browser.
  record Decider(ScriptedPerson who, Browser browser) implements Person {
    @Override
    public URI decide(
        URI address, Map<String, String> form, Predicate<String> ticked, boolean allow)
        throws Unmet {
      var at = form.isEmpty() ? browser.get(address) : browser.post(address, Http.encoded(form));
      for (int page = 0; page < MOST_PAGES && !browser.hasLeft(); page++) {
        at = submit(at.with(200), ticked, allow);
      }
      Unmet.unless(browser.hasLeft(), "The pages do not end; the last one was " + at.uri());
      return at.uri();
    }

    @Override
    public void takeBack(URI page, String appName) throws Unmet {
      var at = signIn(browser.get(page).with(200)).with(200);
      for (int shown = 0; shown < MOST_PAGES; shown++) {
        var list = Jsoup.parse(at.body(), at.uri().toString());
        for (var app : list.select("section:has(form)")) {
          var heading = app.selectFirst("h2");
          // Where an app has several keys, the last form takes back all of them.
          var form = app.select("form").last();
          if (form != null && heading != null && heading.text().equals(appName)) {
            var _ = send(form, _ -> true, true).with(200);
            return;
          }
        }
        var next = list.selectFirst("a[rel=next]");
        if (next == null) {
          break;
        }
        at = browser.get(URI.create(next.absUrl("href"))).with(200);
      }
      throw new Unmet("%s does not list the app %s".formatted(page, appName));
    }

    /// Sends the form with the password of a page.
    Answer signIn(Answer at) throws Unmet {
      var form =
          Jsoup.parse(at.body(), at.uri().toString()).selectFirst("form:has([type=password])");
      if (form == null) {
        throw new Unmet("There is no form to sign in at " + at.uri());
      }
      return send(form, _ -> true, true);
    }

    private Answer submit(Answer at, Predicate<String> ticked, boolean allow) throws Unmet {
      var page = Jsoup.parse(at.body(), at.uri().toString());
      var form = page.selectFirst("form:has(input[type=password]), form:has([name=decision])");
      if (form == null) {
        form = page.selectFirst("form:has(input[type=radio])");
      }
      if (form == null) {
        throw new Unmet("There is no form to fill in at %s: %s".formatted(at.uri(), page.text()));
      }
      return send(form, ticked, allow);
    }

    private Answer send(Element form, Predicate<String> ticked, boolean allow) throws Unmet {
      var filled = Form.filled(form, field -> value(field, ticked, allow));
      return browser.post(filled.action(), filled.body());
    }

    private Optional<String> value(Element field, Predicate<String> ticked, boolean allow) {
      var value = field.attr("value");
      return switch (Form.kind(field)) {
        case "checkbox" -> Optional.of(value).filter(ticked);
        case "radio" -> Optional.of(value).filter(_ -> isChosen(field));
        case "select" -> Form.preselected(field);
        case "submit" -> Optional.of(value).filter(_ -> isPressed(field, allow));
        case "password" -> Optional.of(who.password);
        case "text" -> Optional.of(who.username);
        default -> Optional.of(value);
      };
    }

    private static boolean isPressed(Element button, boolean allow) {
      return button.attr("name").equals("decision")
          && button.attr("value").equals(allow ? "allow" : "deny");
    }

    private boolean isChosen(Element radio) {
      if (radio.attr("name").equals("patient") && !who.patient.isEmpty()) {
        return radio.attr("value").equals(who.patient);
      }
      return Form.isPreselected(radio);
    }
  }
}
