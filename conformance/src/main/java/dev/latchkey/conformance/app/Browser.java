package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Keeps cookies, follows redirects inside the first address's origin, and stops at the first that
/// leads elsewhere.
final class Browser {
  private final Http http;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String origin = "";
  private boolean left;

  Browser(Http http) {
    this.http = http;
  }

  /// Whether the last answer is a redirect to another origin.
  boolean hasLeft() {
    return left;
  }

  Answer get(URI uri) throws Unmet {
    return followed(http.get(at(uri), headers()));
  }

  Answer post(URI uri, String form) throws Unmet {
    return followed(http.post(at(uri), "application/x-www-form-urlencoded", form, headers()));
  }

  private URI at(URI uri) {
    left = false;
    if (origin.isEmpty()) {
      origin = uri.resolve("/").toString();
    }
    return uri;
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
