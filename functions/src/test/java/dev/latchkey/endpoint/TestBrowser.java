package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Json;
import dev.latchkey.wiring.Wiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A patient's browser: sends API Gateway events to the handlers, keeps cookies, fills in forms.
final class TestBrowser {
  /// A code challenge; the verifier does not matter before the token endpoint.
  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  /// The cookie of whoever is signed in.
  static final String SESSION = "__Host-latchkey-session";

  private final Wiring wiring;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  TestBrowser(Wiring wiring) {
    this.wiring = wiring;
    headers.put("sec-fetch-site", "same-origin");
    headers.put("origin", "null");
  }

  /// What a handler answered.
  record Answer(int status, Map<String, String> headers, List<String> cookies, String body) {
    String location() {
      return Optional.ofNullable(headers.get("location")).orElseThrow();
    }

    /// A parameter of the address that it redirects to.
    @Nullable String parameter(String name) {
      return queryOf(location()).get(name);
    }

    /// Path of the address that it redirects to.
    String path() {
      return URI.create(location()).getPath();
    }

    /// Values of the inputs of that name, unescaped.
    List<String> inputs(String name) {
      return Pattern.compile("<input[^>]*name=\"" + name + "\"[^>]*value=\"([^\"]*)\"")
          .matcher(body)
          .results()
          .map(match -> unescaped(match.group(1)))
          .toList();
    }

    List<String> ticked() {
      return Pattern.compile("<input type=\"checkbox\" name=\"scope\" value=\"([^\"]*)\" checked>")
          .matcher(body)
          .results()
          .map(match -> unescaped(match.group(1)))
          .toList();
    }
  }

  /// Another header, or another value, for every request from here on.
  TestBrowser sending(String header, String value) {
    headers.put(header, value);
    return this;
  }

  TestBrowser without(String header) {
    headers.remove(header);
    return this;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  String cookie(String name) {
    return Optional.ofNullable(cookies.get(name)).orElseThrow();
  }

  /// Arrives from an app and ends on the first page.
  ///
  /// @return the handle of the transaction
  String arrive(String clientId, String redirectUri, String scope, String... more) {
    var others = new LinkedHashMap<String, String>();
    for (int i = 0; i < more.length; i += 2) {
      others.put(more[i], more[i + 1]);
    }
    var answer = authorize(clientId, redirectUri, scope, others);
    return Optional.ofNullable(answer.parameter("txn")).orElseThrow();
  }

  /// Arrives from an app.
  ///
  /// @param more parameters, added to the usual ones or in their place
  Answer authorize(String clientId, String redirectUri, String scope, Map<String, String> more) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", clientId);
    parameters.put("redirect_uri", redirectUri);
    parameters.put("scope", scope);
    parameters.put("state", "a state/&ü");
    parameters.put("aud", wiring.identity().fhirBase());
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
    parameters.putAll(more);
    return send(new AuthorizeFunction(wiring), "GET", "/authorize", encoded(parameters), "", "");
  }

  /// Arrives from the native app.
  String arrive(String scope) {
    return arrive(TestClients.NATIVE.value(), "http://127.0.0.1:51004/callback", scope);
  }

  /// Arrives from the native app, which asks for more than a scope.
  String arriveWishing(String scope, String... more) {
    return arrive(TestClients.NATIVE.value(), TestClients.NATIVE_REDIRECT, scope, more);
  }

  /// Arrives and signs in.
  String signIn(String scope, String username, String password) {
    var txn = arrive(scope);
    submit("sign-in", txn, "username", username, "password", password);
    return txn;
  }

  /// Of whoever is signed in, as apps know them.
  String subject(Instant now) {
    return wiring.browserSessions().live(cookie(SESSION), now).orElseThrow().user().subject();
  }

  Answer open(String step, String txn) {
    return send(
        new InteractionFunction(wiring),
        "GET",
        "/interaction/" + step,
        "txn=" + URLEncoder.encode(txn, StandardCharsets.UTF_8),
        "",
        step);
  }

  /// Opens the page of a step and sends its form back, with these fields filled in.
  Answer submit(String step, String txn, String... fields) {
    var page = open(step.equals("sign-out") ? "consent" : step, txn);
    var csrf = page.inputs("csrf").stream().findFirst().orElse("");
    return post(step, txn, csrf, fields);
  }

  /// Posts a form without opening its page.
  Answer post(String step, String txn, String csrf, String... fields) {
    var pairs = new ArrayList<String>();
    pairs.add("txn=" + encoded(txn));
    pairs.add("csrf=" + encoded(csrf));
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    return postBody(step, String.join("&", pairs));
  }

  Answer postBody(String step, String body) {
    return send(new InteractionFunction(wiring), "POST", "/interaction/" + step, "", body, step);
  }

  /// Sends the consent form with these scopes ticked.
  Answer allow(String txn, List<String> scopes) {
    var fields = new ArrayList<String>();
    for (var scope : scopes) {
      fields.add("scope");
      fields.add(scope);
    }
    fields.add("decision");
    fields.add("allow");
    return submit("consent", txn, fields.toArray(String[]::new));
  }

  Answer send(
      RequestStreamHandler handler,
      String method,
      String path,
      String query,
      String body,
      String step) {
    var sent = new LinkedHashMap<>(headers);
    if (method.equals("POST")) {
      sent.putIfAbsent("content-type", "application/x-www-form-urlencoded");
    } else {
      sent.remove("origin");
    }
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    event.put("headers", sent);
    event.put(
        "cookies", cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).toList());
    event.put("pathParameters", Map.of("step", step, "action", step));
    event.put("requestContext", Map.of("http", Map.of("method", method, "sourceIp", "192.0.2.1")));
    event.put("body", body);
    event.put("isBase64Encoded", false);
    var answer = answer(handler, Json.write(event));
    answer.cookies().forEach(this::keep);
    return answer;
  }

  @SuppressWarnings("unchecked")
  private static Answer answer(RequestStreamHandler handler, String event) {
    try {
      var out = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new TestContext());
      var answer = Json.readObject(new ByteArrayInputStream(out.toByteArray()));
      return new Answer(
          ((Number) answer.getOrDefault("statusCode", 0)).intValue(),
          (Map<String, String>) answer.getOrDefault("headers", Map.of()),
          (List<String>) answer.getOrDefault("cookies", List.of()),
          (String) answer.getOrDefault("body", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String setCookie) {
    var pair = setCookie.split(";", 2)[0].split("=", 2);
    if (setCookie.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private static Map<String, String> queryOf(String url) {
    return Pattern.compile("[?&]([^=&]+)=([^&]*)")
        .matcher(url)
        .results()
        .collect(
            Collectors.toMap(
                match -> match.group(1),
                match -> URLDecoder.decode(match.group(2), StandardCharsets.UTF_8)));
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }
}
