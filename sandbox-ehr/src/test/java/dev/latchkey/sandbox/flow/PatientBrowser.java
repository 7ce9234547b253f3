package dev.latchkey.sandbox.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// A browser without JavaScript: keeps cookies, follows redirects inside the sandbox, submits
/// forms. It stops at the first redirect that leaves the sandbox, which is the app's.
public final class PatientBrowser {
  private final HttpClient http;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String origin;

  public PatientBrowser(String origin) {
    this(origin, HttpClient.newHttpClient());
  }

  /// @param http trusts the server at that origin
  public PatientBrowser(String origin, HttpClient http) {
    this.origin = origin;
    this.http = http;
  }

  /// Where a step ended: on a page of the sandbox, or at an address of the app.
  public record Arrival(int status, URI uri, String body) {
    public Document page() {
      return Jsoup.parse(body, uri.toString());
    }

    public boolean isAt(String path) {
      return uri.getPath().equals(path) && status == 200;
    }
  }

  public Arrival open(String url) {
    return follow(send(HttpRequest.newBuilder(URI.create(url)).GET()), URI.create(url));
  }

  /// Submits the page's form with a button, after changing which boxes are ticked.
  public Arrival submit(
      Arrival on, Map<String, String> typed, Predicate<String> keepTicked, String decision) {
    return submit(on, on.uri().getPath(), typed, keepTicked, decision);
  }

  /// Presses the one button of the form that leads to `path`.
  public Arrival press(Arrival on, String path) {
    return submit(on, path, Map.of(), _ -> true, "");
  }

  /// Presses the one button with this label.
  Arrival pressButton(Arrival on, String label) {
    var buttons = on.page().select("button").stream().filter(b -> b.text().equals(label)).toList();
    if (buttons.size() != 1) {
      throw new AssertionError(buttons.size() + " buttons " + label + ": " + on.page().text());
    }
    return submit(on, buttons.getFirst().closest("form"), Map.of(), _ -> true, "");
  }

  /// Fills in the form that leads to `path`.
  Arrival fillIn(Arrival on, String path, Map<String, String> typed) {
    return fillIn(on, path, typed, _ -> true);
  }

  /// The same, after changing which boxes are ticked.
  Arrival fillIn(Arrival on, String path, Map<String, String> typed, Predicate<String> keepTicked) {
    return submit(on, path, typed, keepTicked, "");
  }

  private Arrival submit(
      Arrival on,
      String path,
      Map<String, String> typed,
      Predicate<String> keepTicked,
      String decision) {
    var form = on.page().selectFirst("form[action=" + path + "]");
    return submit(on, form, typed, keepTicked, decision);
  }

  private Arrival submit(
      Arrival on,
      @Nullable Element form,
      Map<String, String> typed,
      Predicate<String> keepTicked,
      String decision) {
    if (form == null) {
      throw new AssertionError("No such form on " + on.uri() + ": " + on.page().text());
    }
    var fields = new ArrayList<String>();
    for (var input : form.select("input, button")) {
      add(fields, input, typed, keepTicked, decision);
    }
    var action = URI.create(form.absUrl("action"));
    if (form.attr("method").equals("get")) {
      return open(action.toString());
    }
    return follow(
        send(
            HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString(String.join("&", fields)))),
        action);
  }

  private static void add(
      List<String> fields,
      Element input,
      Map<String, String> typed,
      Predicate<String> keepTicked,
      String decision) {
    var name = input.attr("name");
    var value = input.attr("value");
    switch (input.tagName().equals("button") ? "submit" : input.attr("type")) {
      case "checkbox" -> {
        if (keepTicked.test(value)) {
          fields.add(pair(name, value));
        }
      }
      case "radio" -> {
        if (value.equals(typed.get(name))) {
          fields.add(pair(name, value));
        }
      }
      case "submit" -> {
        if (name.equals("decision") && value.equals(decision)) {
          fields.add(pair(name, value));
        }
      }
      default -> fields.add(pair(name, typed.getOrDefault(name, value)));
    }
  }

  private Arrival follow(HttpResponse<String> response, URI at) {
    var location = response.headers().firstValue("location");
    if (location.isEmpty()) {
      return new Arrival(response.statusCode(), at, response.body());
    }
    var next = at.resolve(location.get());
    return next.toString().startsWith(origin + "/") && !next.getPath().contains("callback")
        ? open(next.toString())
        : new Arrival(response.statusCode(), next, "");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          String.join(
              "; ",
              cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).toList()));
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void keep(String setCookie) {
    var pair = setCookie.split(";", 2)[0].split("=", 2);
    cookies.put(pair[0], pair[1]);
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
