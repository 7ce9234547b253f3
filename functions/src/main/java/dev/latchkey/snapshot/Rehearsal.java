package dev.latchkey.snapshot;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizeOutcome;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.family.FamilyId;
import dev.latchkey.http.ApiGatewayEvent;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Json;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.metadata.ServerMetadata;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One grant from the page to the end of it, over services that are only pretended: so that
/// classes, codecs, templates and clients are there before a snapshot is taken of them. It writes
/// nothing, needs no right, and what it makes goes away with its own object graph.
final class Rehearsal {
  private static final ClientId APP = new ClientId("rehearsal");
  private static final String CALLBACK = "https://pretended.invalid/callback";
  private static final String SCOPE = "openid fhirUser launch/patient offline_access patient/*.rs";

  private final Wiring wiring;

  Rehearsal(Wiring wiring) {
    this.wiring = wiring;
  }

  /// Plays it.
  ///
  /// @return the answers, in their order: the sign-in page, two times tokens, the end of the grant,
  ///   and what the server supports
  List<Response> play() throws IOException {
    var now = wiring.clock().instant();
    wiring.stores().clients().put(app(now.getEpochSecond()));
    var verifier = wiring.entropy().value();
    var challenge = SecretHash.of(verifier).value();
    var page = page(challenge, now);
    var token = wiring.tokenEndpoint();
    var code = code(challenge, now.getEpochSecond());
    var tokens = post(token::answer, "/token", exchange(code, verifier));
    var refreshed = post(token::answer, "/token", refresh(refreshToken(tokens)));
    var revoke = Map.of("token", refreshToken(refreshed), "client_id", APP.value());
    var ended = post(wiring.revocationEndpoint()::answer, "/revoke", revoke);
    var metadata = new ServerMetadata(wiring.identity(), wiring.registration());
    var discovery = wiring.responses().document(metadata.openidConfiguration(), 0);
    return List.of(page, tokens, refreshed, ended, discovery);
  }

  private static Client app(long now) {
    return new Client(
        APP,
        ClientProfile.named("Rehearsal", "Exists in a rehearsal alone."),
        ApplicationType.BROWSER,
        ClientCredentials.NONE,
        List.of(new RedirectUri(CALLBACK)),
        ScopeSet.parse(SCOPE),
        now);
  }

  /// The sign-in page of a request of that app.
  private Response page(String challenge, Instant now) throws IOException {
    var asked = wiring.authorizationRequests().check(Parameters.parse(query(challenge)), now);
    if (!(asked instanceof AuthorizeOutcome.Interact interact)) {
      throw new IllegalStateException("The rehearsal's own request was refused");
    }
    var browser = wiring.entropy().value();
    var started = wiring.authorizationStart().begin(interact, browser, now).orElseThrow();
    var cookie = wiring.cookies().set(Cookies.BROWSER, browser).replaceFirst(";.*", "");
    return send(
        request -> wiring.interactions().answer(request, "sign-in"),
        "GET",
        "/interaction/sign-in",
        "txn=" + started.value(),
        List.of(cookie),
        "");
  }

  private String query(String challenge) {
    return form(
        Map.of(
            "response_type",
            "code",
            "client_id",
            APP.value(),
            "redirect_uri",
            CALLBACK,
            "scope",
            SCOPE,
            "state",
            wiring.entropy().value(),
            "aud",
            wiring.identity().fhirBase(),
            "code_challenge",
            challenge,
            "code_challenge_method",
            "S256"));
  }

  /// A code as the pages issue it.
  private String code(String challenge, long now) {
    var code = wiring.entropy().value();
    var binding =
        new CodeBinding(
            APP,
            CALLBACK,
            challenge,
            null,
            null,
            ScopeSet.parse(SCOPE),
            new LaunchContext("nobody"),
            "nobody",
            "Patient/nobody",
            now,
            SecretHash.of("no session"),
            now + 60,
            FamilyId.fresh(wiring.entropy()),
            now + 60,
            Lifetimes.END_OF_TIME,
            Assurance.UNSAID);
    wiring.stores().codes().issue(SecretHash.of(code), binding);
    return code;
  }

  private static Map<String, String> exchange(String code, String verifier) {
    return Map.of(
        "grant_type", "authorization_code",
        "client_id", APP.value(),
        "redirect_uri", CALLBACK,
        "code", code,
        "code_verifier", verifier);
  }

  private static Map<String, String> refresh(String token) {
    return Map.of("grant_type", "refresh_token", "client_id", APP.value(), "refresh_token", token);
  }

  private static String refreshToken(Response tokens) {
    return String.valueOf(Json.readObject(tokens.body()).get("refresh_token"));
  }

  private static Response post(
      Function<Request, Response> function, String path, Map<String, String> form)
      throws IOException {
    return send(function, "POST", path, "", List.of(), form(form));
  }

  /// Through the codec of the events, both ways.
  private static Response send(
      Function<Request, Response> function,
      String method,
      String path,
      String query,
      List<String> cookies,
      String body)
      throws IOException {
    var http = Map.of("method", method, "path", path, "sourceIp", "192.0.2.1");
    var event =
        Map.of(
            "rawPath",
            path,
            "rawQueryString",
            query,
            "headers",
            Map.of("content-type", "application/x-www-form-urlencoded"),
            "cookies",
            cookies,
            "requestContext",
            Map.of("http", http),
            "pathParameters",
            Map.of("step", path.substring(path.lastIndexOf('/') + 1)),
            "body",
            body);
    var written = Json.write(event).getBytes(StandardCharsets.UTF_8);
    var answer = function.apply(ApiGatewayEvent.read(new ByteArrayInputStream(written)));
    var _ = ApiGatewayEvent.write(answer);
    return answer;
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
