package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    var browser = new Browser();
    var at = form.isEmpty() ? browser.get(address) : browser.post(address, Http.encoded(form));
    for (int page = 0; page < MOST_PAGES && !browser.hasLeft(); page++) {
      at = submit(browser, at.with(200), ticked, allow);
    }
    Unmet.unless(browser.hasLeft(), "The pages do not end; the last one was " + at.uri());
    return at.uri();
  }

  private Answer submit(Browser browser, Answer at, Predicate<String> ticked, boolean allow)
      throws Unmet {
    var page = Jsoup.parse(at.body(), at.uri().toString());
    var form = page.selectFirst("form:has(input[type=password]), form:has([name=decision])");
    if (form == null) {
      form = page.selectFirst("form:has(input[type=radio])");
    }
    if (form == null) {
      throw new Unmet("There is no form to fill in at %s: %s".formatted(at.uri(), page.text()));
    }
    var fields = new StringBuilder();
    var chosen = false;
    for (var input : form.select("input, button")) {
      var isRadio = input.attr("type").equals("radio");
      if (isSent(input, ticked, allow, chosen)) {
        fields
            .append(fields.isEmpty() ? "" : "&")
            .append(Http.encoded(Map.of(input.attr("name"), typed(input))));
        chosen |= isRadio;
      }
    }
    return browser.post(URI.create(form.absUrl("action")), fields.toString());
  }

  private boolean isSent(
      Element input, Predicate<String> ticked, boolean allow, boolean alreadyChosen) {
    var value = input.attr("value");
    return switch (input.tagName().equals("button") ? "submit" : input.attr("type")) {
      case "checkbox" -> ticked.test(value);
      case "radio" -> !alreadyChosen && (patient.isEmpty() || value.equals(patient));
      case "submit" ->
          input.attr("name").equals("decision") && value.equals(allow ? "allow" : "deny");
      default -> !input.attr("name").isEmpty();
    };
  }

  private String typed(Element input) {
    return switch (input.attr("type")) {
      case "password" -> password;
      case "text" -> username;
      default -> input.attr("value");
    };
  }

  @Override
  public String toString() {
    return "ScriptedPerson[" + username + "]";
  }

  /// Keeps cookies and follows redirects inside the first address's origin.
  private static final class Browser {
    private final Http http = new Http();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String origin = "";
    private boolean left;

    boolean hasLeft() {
      return left;
    }

    Answer get(URI uri) throws Unmet {
      if (origin.isEmpty()) {
        origin = uri.resolve("/").toString();
      }
      return followed(http.get(uri, headers()));
    }

    Answer post(URI uri, String form) throws Unmet {
      if (origin.isEmpty()) {
        origin = uri.resolve("/").toString();
      }
      return followed(http.post(uri, "application/x-www-form-urlencoded", form, headers()));
    }

    private Map<String, String> headers() {
      return cookies.isEmpty()
          ? Map.of()
          : Map.of(
              "Cookie",
              cookies.entrySet().stream()
                  .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                  .collect(Collectors.joining("; ")));
    }

    private Answer followed(Answer answer) throws Unmet {
      for (var cookie : answer.headers().allValues("set-cookie")) {
        var pair = cookie.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      var location = answer.header("location");
      if (location.isEmpty() || answer.status() / 100 != 3) {
        return answer;
      }
      Unmet.unless(answer.status() != 307 && answer.status() != 308, "A redirect repeats a form");
      var next = answer.uri().resolve(location.get());
      if (next.toString().startsWith(origin)) {
        return get(next);
      }
      left = true;
      return new Answer(next, answer.status(), answer.headers(), "");
    }
  }
}
