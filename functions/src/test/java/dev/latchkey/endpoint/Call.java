package dev.latchkey.endpoint;

import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call of a function through its Lambda event.
///
/// ```java
/// var answer = Call.post("/token").form("grant_type", "refresh_token").to(tokenFunction);
/// ```
public final class Call {
  private final String method;
  private final String path;
  private final Map<String, Object> headers = new LinkedHashMap<>();
  private final List<String> pairs = new ArrayList<>();
  private final List<String> cookies = new ArrayList<>();
  private final Map<String, Object> pathParameters = new LinkedHashMap<>();
  private boolean isBase64;
  private String sourceIp = "192.0.2.7";
  private @Nullable String raw;

  private Call(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public static Call get(String path) {
    return new Call("GET", path);
  }

  public static Call post(String path) {
    return new Call("POST", path).header("content-type", "application/x-www-form-urlencoded");
  }

  /// A call with a JSON body.
  public static Call json(String method, String path, String body) {
    return new Call(method, path).header("content-type", "application/json").raw(body);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path);
  }

  public static Call options(String path) {
    return new Call("OPTIONS", path);
  }

  /// The value of a `{name}` part of the route.
  public Call pathParameter(String name, String value) {
    pathParameters.put(name, value);
    return this;
  }

  public Call from(String address) {
    sourceIp = address;
    return this;
  }

  public Call cookie(String pair) {
    cookies.add(pair);
    return this;
  }

  public Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// A parameter: of the query for GET, of the form for POST.
  public Call with(String name, String value) {
    pairs.add(
        URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  public Call with(Map<String, String> parameters) {
    parameters.forEach(this::with);
    return this;
  }

  /// The query or body exactly so, instead of parameters.
  public Call raw(String text) {
    raw = text;
    return this;
  }

  /// These bytes as the body, as API Gateway sends what may be no text.
  public Call binary(byte[] bytes) {
    raw = Base64.getEncoder().encodeToString(bytes);
    isBase64 = true;
    return this;
  }

  /// What came back.
  public record Answer(int status, Map<String, Object> headers, List<?> cookies, String body) {
    public String header(String name) {
      return String.valueOf(headers.get(name));
    }

    public Map<String, Object> json() {
      try {
        return Json.readObject(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String text(String member) {
      return String.valueOf(json().get(member));
    }
  }

  public Answer to(HttpFunction function) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(Json.write(event()).getBytes(StandardCharsets.UTF_8)),
          out,
          new LambdaContext());
      var answer = Json.readObject(new ByteArrayInputStream(out.toByteArray()));
      return new Answer(
          Integer.parseInt(String.valueOf(answer.get("statusCode"))),
          texts(answer.get("headers")),
          answer.get("cookies") instanceof List<?> cookies ? cookies : List.of(),
          String.valueOf(answer.get("body")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> texts(@Nullable Object headers) {
    var texts = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) Objects.requireNonNull(headers))
        .forEach((name, value) -> texts.put(name.toString(), value));
    return texts;
  }

  private Map<String, Object> event() {
    var parameters = raw == null ? String.join("&", pairs) : raw;
    var posts = method.equals("POST") || method.equals("PUT");
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("rawPath", path);
    event.put("rawQueryString", posts ? "" : parameters);
    event.put("headers", headers);
    event.put("cookies", cookies);
    event.put(
        "requestContext",
        Map.of("http", Map.of("method", method, "path", path, "sourceIp", sourceIp)));
    if (!pathParameters.isEmpty()) {
      event.put("pathParameters", pathParameters);
    }
    if (posts) {
      event.put("body", parameters);
    }
    event.put("isBase64Encoded", isBase64);
    return event;
  }
}
