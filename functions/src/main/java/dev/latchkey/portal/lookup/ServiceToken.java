package dev.latchkey.portal.lookup;

import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Json;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Unavailable;
import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.portal.OwnAssertion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The access token of a look-up, which this server gets from itself as any backend service does
/// (SMART 2.2, backend services), and keeps until shortly before its end.
final class ServiceToken {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  /// For the call that it is used in.
  private static final long LEAST_LIFE = 30;

  private final LookupSettings settings;
  private final GuardedCalls calls;
  private final OwnAssertion assertion;
  private final InstantSource clock;
  private @Nullable Kept kept;

  private record Kept(String token, List<String> scopes, Instant until) {}

  ServiceToken(
      LookupSettings settings, GuardedCalls calls, OwnAssertion assertion, InstantSource clock) {
    this.settings = settings;
    this.calls = calls;
    this.assertion = assertion;
    this.clock = clock;
  }

  String value() throws LookupStopped {
    return current().token();
  }

  /// Whether it is for this, too: whoever is registered for less gets less.
  boolean isFor(String scope) throws LookupStopped {
    return current().scopes().contains(scope);
  }

  private synchronized Kept current() throws LookupStopped {
    var now = clock.instant();
    var found = kept;
    if (found == null || !now.isBefore(found.until())) {
      var answer = asked();
      var until = now.plusSeconds(life(answer) - LEAST_LIFE);
      found = new Kept(token(answer), List.of(scope(answer).split(" ")), until);
      kept = found;
    }
    return found;
  }

  /// For one that was refused.
  synchronized void forget() {
    kept = null;
  }

  private Map<String, Object> asked() throws LookupStopped {
    return switch (calls.post(settings.tokenEndpoint(), form(), null)) {
      case GuardedCalls.Result.Answered answered -> read(answered);
      case GuardedCalls.Result.Blocked() ->
          throw LookupStopped.refused("The issuer is at an address that is not asked.");
      case GuardedCalls.Result.Failed() -> throw LookupStopped.unreachable();
    };
  }

  private String form() throws LookupStopped {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    form.put("scope", LookupSettings.SCOPE);
    try {
      form.putAll(assertion.parameters(settings.clientId(), settings.tokenEndpoint()));
    } catch (Unavailable noKey) {
      throw LookupStopped.unreachable();
    }
    return AddressQuery.of(form);
  }

  private static Map<String, Object> read(GuardedCalls.Result.Answered answered)
      throws LookupStopped {
    if (answered.status() >= SERVER_ERROR || answered.status() == TOO_MANY) {
      throw LookupStopped.unreachable();
    }
    var members = parsed(answered.body());
    if (answered.status() != OK) {
      var error = members.get("error") instanceof String code ? PlainText.ascii(code) : "no code";
      throw LookupStopped.refused("The look-up got no access token: " + error);
    }
    return members;
  }

  private static String token(Map<String, Object> answer) throws LookupStopped {
    if (answer.get("access_token") instanceof String token) {
      return token;
    }
    throw LookupStopped.refused("The look-up got no access token: no code");
  }

  /// What was asked for where the answer does not say it (RFC 6749 section 5.1).
  private static String scope(Map<String, Object> answer) {
    return answer.get("scope") instanceof String scope ? scope : LookupSettings.SCOPE;
  }

  private static long life(Map<String, Object> answer) {
    return answer.get("expires_in") instanceof Number seconds ? seconds.longValue() : 0;
  }

  private static Map<String, Object> parsed(String body) {
    try {
      return Json.readObjectOfStranger(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Map.of();
    }
  }
}
