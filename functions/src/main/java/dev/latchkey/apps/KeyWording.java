package dev.latchkey.apps;

import dev.latchkey.family.Holding;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeWording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a key opens and for how long, in words for patients.
record KeyWording(Holding holding, Instant now) {
  /// As on the page where it was allowed.
  List<String> sees() {
    return holding.grant().scopes().once().scopes().stream()
        .map(new ScopeWording(Language.ENGLISH)::sentence)
        .toList();
  }

  String since() {
    return day(holding.grant().createdAt());
  }

  /// The day when the app last got a new access token; empty for a key that gives only one.
  Optional<String> lastUsed() {
    if (kind() == AccessKind.ONCE) {
      return Optional.empty();
    }
    // The first token follows the patient's yes within the life of a code.
    var first = holding.grant().createdAt() + Lifetimes.AUTHORIZATION_CODE.toSeconds();
    var rotatedAt = holding.family().rotatedAt();
    return Optional.of(rotatedAt <= first ? "Not since you allowed it" : day(rotatedAt));
  }

  String until() {
    return switch (kind()) {
      case ONCE -> "By itself in " + left(holding.family().absoluteExpiresAt()) + ".";
      case ONLINE ->
          "When you sign out of the browser where you allowed it, and in %s at the latest. If the app does not use it for %s, it ends by itself."
              .formatted(
                  left(holding.family().absoluteExpiresAt()),
                  left(holding.family().idleExpiresAt()));
      case OFFLINE -> offline();
    };
  }

  private String offline() {
    var unused = day(holding.family().idleExpiresAt());
    var end = holding.family().absoluteExpiresAt();
    var latest = end == Lifetimes.END_OF_TIME ? "When you take it back." : "On " + day(end) + ".";
    return holding.family().idleExpiresAt() >= end || unused.equals(day(end))
        ? latest
        : latest + " If the app does not use it until %s, it ends by itself.".formatted(unused);
  }

  private AccessKind kind() {
    return holding.grant().scopes().accessKind();
  }

  private static String day(long seconds) {
    return DisplayTime.date(Instant.ofEpochSecond(seconds));
  }

  private String left(long end) {
    return DisplayTime.wait(Duration.between(now, Instant.ofEpochSecond(end)));
  }
}
