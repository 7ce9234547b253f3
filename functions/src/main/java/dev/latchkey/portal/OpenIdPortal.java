package dev.latchkey.portal;

import dev.latchkey.client.PublishedKeySets;
import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Json;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Unavailable;
import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.jwks.KeySetReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An OpenID provider, asked over the network. This server proves by PKCE (RFC 7636) that a code is
/// its own, and where the provider wants it, by a signed assertion that it is itself. Whatever
/// tokens the provider hands out are read once and forgotten.
public final class OpenIdPortal implements Portal {
  private static final Duration DISCOVERY_LIFE = Duration.ofHours(1);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final PortalSettings settings;
  private final GuardedCalls calls;
  private final InstantSource clock;
  private final IdTokenChecks checks;
  private final Linking people;
  private final Optional<OwnAssertion> proof;
  private @Nullable Discovery kept;
  private Instant keptUntil = Instant.MIN;

  /// Where the portal's claims say who somebody is.
  public OpenIdPortal(PortalSettings settings, GuardedCalls calls, InstantSource clock) {
    this(settings, calls, clock, new ClaimMapping(settings), Optional.empty());
  }

  /// @param people who links those who signed in to the FHIR server
  /// @param proof how this server proves itself there; empty for a public client
  public OpenIdPortal(
      PortalSettings settings,
      GuardedCalls calls,
      InstantSource clock,
      Linking people,
      Optional<OwnAssertion> proof) {
    this.settings = settings;
    this.calls = calls;
    this.clock = clock;
    checks = new IdTokenChecks(settings, new PublishedKeySets(new KeySetReader(calls), clock));
    this.people = people;
    this.proof = proof;
  }

  @Override
  public Optional<String> address(Departure departure) {
    return discovery()
        .map(found -> AddressQuery.add(found.authorizationEndpoint(), question(departure)));
  }

  private Map<String, String> question(Departure departure) {
    var wishes = departure.wishes();
    var question = new LinkedHashMap<String, String>();
    question.put("response_type", "code");
    question.put("client_id", settings.clientId());
    question.put("redirect_uri", departure.redirectUri());
    question.put("scope", PortalSettings.SCOPE);
    question.put("state", departure.state());
    question.put("nonce", departure.nonce());
    question.put("code_challenge", departure.challenge());
    question.put("code_challenge_method", "S256");
    if (wishes.anew()) {
      question.put("prompt", "login");
      question.put("max_age", "0");
    } else if (wishes.maxAge() != Wishes.ANY_AGE) {
      question.put("max_age", Long.toString(wishes.maxAge()));
    }
    putIfSaid(question, "login_hint", wishes.loginHint());
    putIfSaid(question, "ui_locales", wishes.uiLocales());
    return question;
  }

  private static void putIfSaid(Map<String, String> question, String name, @Nullable String value) {
    if (value != null) {
      question.put(name, value);
    }
  }

  @Override
  public Answer identify(Return back) {
    return discovery()
        .map(found -> identify(back, found))
        .orElseGet(() -> new Answer.Unreachable());
  }

  private Answer identify(Return back, Discovery found) {
    var issuer = back.issuer();
    if (issuer == null ? found.namesItself() : !issuer.equals(settings.issuer())) {
      return new Answer.Refused("The answer names another issuer, or none.");
    }
    try {
      return redeem(back, found);
    } catch (Unavailable noKey) {
      return new Answer.Unreachable();
    }
  }

  private Answer redeem(Return back, Discovery found) {
    return switch (calls.post(found.tokenEndpoint(), form(back, found), null)) {
      case GuardedCalls.Result.Answered answered -> tokens(back, found, answered);
      case GuardedCalls.Result.Blocked() ->
          new Answer.Refused("The token endpoint leads to where no portal can be.");
      case GuardedCalls.Result.Failed() -> new Answer.Unreachable();
    };
  }

  private String form(Return back, Discovery found) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", settings.clientId());
    form.put("redirect_uri", back.redirectUri());
    form.put("code", back.code());
    form.put("code_verifier", back.verifier());
    proof.ifPresent(own -> form.putAll(own.parameters(settings.clientId(), found.tokenEndpoint())));
    return AddressQuery.of(form);
  }

  private Answer tokens(Return back, Discovery found, GuardedCalls.Result.Answered answered) {
    if (answered.status() >= SERVER_ERROR || answered.status() == TOO_MANY) {
      return new Answer.Unreachable();
    }
    var members = parsed(answered.body());
    if (answered.status() != OK) {
      var error = members.get("error") instanceof String code ? PlainText.ascii(code) : "no code";
      return new Answer.Refused("The token endpoint refused: " + error);
    }
    return members.get("id_token") instanceof String idToken
        ? believed(
            new IdTokenChecks.Presented(
                idToken,
                members.get("access_token") instanceof String access ? access : null,
                back.nonce(),
                found.jwksUri(),
                clock.instant()))
        : new Answer.Refused("The token endpoint sent no id token.");
  }

  private Answer believed(IdTokenChecks.Presented presented) {
    return switch (checks.check(presented)) {
      case IdTokenChecks.Outcome.Believed(var claims) ->
          people.link(claims.getClaims(), claims.getIssueTime().toInstant().getEpochSecond());
      case IdTokenChecks.Outcome.Wrong(var problem) ->
          new Answer.Refused("The id token is not believed: " + problem);
      case IdTokenChecks.Outcome.KeysUnreadable() -> new Answer.Unreachable();
    };
  }

  private static Map<String, Object> parsed(String body) {
    try {
      return Json.readObjectOfStranger(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Map.of();
    }
  }

  /// What could not be read is asked for again the next time.
  private synchronized Optional<Discovery> discovery() {
    var now = clock.instant();
    if (kept == null || !now.isBefore(keptUntil)) {
      kept = Discovery.read(settings.issuer(), calls).orElse(null);
      keptUntil = now.plus(DISCOVERY_LIFE);
    }
    return Optional.ofNullable(kept);
  }
}
