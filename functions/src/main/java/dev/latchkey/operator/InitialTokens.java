package dev.latchkey.operator;

import dev.latchkey.operator.Command.IssueInitialAccessToken;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.registration.InitialAccessTokenIssue;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Gives out initial access tokens and takes them back.
record InitialTokens(InitialAccessTokenIssue issue, InstantSource clock) {

  Answer issue(IssueInitialAccessToken command, boolean dryRun) {
    try {
      var life = Duration.ofHours(command.hours());
      var made =
          issue.make(command.label(), command.allowance(), command.uses(), life, clock.instant());
      if (dryRun) {
        return new Answer.Done("A token is issued.");
      }
      issue.tokens().issue(made.kept());
      return new Answer.Done(
          List.of("The token %s is issued.".formatted(made.kept().hash().value())), facts(made));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused("invalid_request", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> facts(InitialAccessTokenIssue.Issued made) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("initial_access_token", made.token());
    facts.put("token", made.kept().hash().value());
    facts.put("expiresAt", Instant.ofEpochSecond(made.kept().expiresAt()).toString());
    return facts;
  }

  Answer list() {
    var tokens = issue.tokens().list(clock.instant());
    return new Answer.Done(
        List.of(), Map.of("tokens", tokens.stream().map(InitialTokens::facts).toList()));
  }

  private static Map<String, Object> facts(InitialAccessToken token) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("token", token.hash().value());
    facts.put("label", token.label());
    facts.put("identity", token.allowance().level().name().toLowerCase(Locale.ROOT));
    facts.put("backendServices", token.allowance().backendServices());
    facts.put("usesLeft", token.usesLeft());
    facts.put("expiresAt", Instant.ofEpochSecond(token.expiresAt()).toString());
    facts.put("scope", token.allowance().scopes().spelled());
    return facts;
  }

  Answer revoke(SecretHash token, boolean dryRun) {
    if (issue.tokens().find(token, clock.instant()).isEmpty()) {
      return new Answer.Refused(
          "unknown_token", "There is no such token, or it is used up or expired.");
    }
    if (!dryRun) {
      issue.tokens().remove(token);
    }
    return new Answer.Done("The token %s is taken back.".formatted(token.value()));
  }
}
