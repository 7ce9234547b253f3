package dev.latchkey.conformance.http;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a server answered.
public record Answer(URI uri, int status, HttpHeaders headers, String body) {
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /// The body as a JSON object.
  ///
  /// @throws Unmet when it is none
  public Map<String, Object> json() throws Unmet {
    try {
      return JSONObjectUtils.parse(body);
    } catch (ParseException e) {
      throw new Unmet(
          "%s answered %d with a body that is no JSON object".formatted(address(), status));
    }
  }

  /// The body as a JSON array.
  ///
  /// @throws Unmet when it is none
  public List<Object> jsonArray() throws Unmet {
    try {
      return JSONArrayUtils.parse(body);
    } catch (ParseException e) {
      throw new Unmet(
          "%s answered %d with a body that is no JSON array".formatted(address(), status));
    }
  }

  public boolean isJson() {
    return header("content-type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
        .isPresent();
  }

  /// This answer, when it has one of these statuses.
  ///
  /// @throws Unmet when it has another
  public Answer with(int... expected) throws Unmet {
    for (var one : expected) {
      if (one == status) {
        return this;
      }
    }
    throw new Unmet("%s answered %d%s".formatted(address(), status, isJson() ? ": " + body : ""));
  }

  /// The `error` member of an OAuth error, or of the query of a redirect.
  public String error() throws Unmet {
    return String.valueOf(json().get("error"));
  }

  /// Without the query, which is long and may hold a token.
  private String address() {
    return uri.toString().split("\\?", 2)[0];
  }
}
