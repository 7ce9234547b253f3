package dev.latchkey.conformance.app;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// One attempt of an app to get access, with everything that is random in it.
///
/// @param parameters of the authorization request
public record Attempt(App app, CodeVerifier verifier, Map<String, String> parameters) {

  /// A request that nothing is wrong with.
  public static Attempt of(Server server, App app, String scope) {
    // As long as the regulator's test kit makes it.
    var verifier = new CodeVerifier(UUID.randomUUID() + "-" + UUID.randomUUID());
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", app.id());
    parameters.put("redirect_uri", app.redirectUri());
    parameters.put("scope", scope);
    parameters.put("state", UUID.randomUUID().toString());
    parameters.put("nonce", UUID.randomUUID().toString());
    parameters.put("aud", server.fhirBase().toString());
    parameters.put(
        "code_challenge", CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
    parameters.put("code_challenge_method", "S256");
    return new Attempt(app, verifier, parameters);
  }

  /// The same with one parameter changed, or left out when the value is empty.
  public Attempt with(String name, String value) {
    var changed = new LinkedHashMap<>(parameters);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Attempt(app, verifier, changed);
  }

  public URI address(Server server) throws Unmet, NotApplicable {
    var endpoint = server.endpoint("authorization_endpoint").toString();
    return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + Http.encoded(parameters));
  }

  /// What the server says before anybody is asked: a page, or a redirect.
  public Answer sent(Server server) throws Unmet, NotApplicable {
    return server.http().get(address(server));
  }

  /// The code of a callback to this attempt (RFC 6749 section 4.1.2, RFC 9207).
  public String code(URI callback) throws Unmet {
    var answer = query(callback);
    Unmet.unless(!answer.containsKey("error"), "The app was sent " + answer);
    Unmet.unless(
        Objects.equals(parameters.get("state"), answer.get("state")),
        "The state came back as " + answer.get("state"));
    var code = answer.get("code");
    if (code == null) {
      throw new Unmet("The app was sent no code: " + answer.keySet());
    }
    return code;
  }

  /// Exchanges a code.
  public Answer exchange(Server server, String code) throws Unmet, NotApplicable {
    return app.post(server, "token_endpoint", exchangeForm(code));
  }

  public Map<String, String> exchangeForm(String code) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", app.redirectUri());
    form.put("code_verifier", verifier.getValue());
    return form;
  }

  /// The parameters of a query.
  public static Map<String, String> query(URI uri) {
    var found = new LinkedHashMap<String, String>();
    var raw = uri.getRawQuery();
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        var parts = pair.split("=", 2);
        found.put(
            parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
      }
    }
    return found;
  }
}
