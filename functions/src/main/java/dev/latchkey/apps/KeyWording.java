package dev.latchkey.apps;

import dev.latchkey.family.Holding;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeWording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a key opens and for how long, in words for patients.
record KeyWording(Holding holding, Language language, Instant now) {
  private static final Phrase BY_ITSELF = new Phrase("By itself in %s.", "Por sí sola en %s.");
  private static final Phrase WITH_THE_SESSION =
      new Phrase(
          "When you sign out of the browser where you allowed it, and in %s at the latest. If the"
              + " app does not use it for %s, it ends by itself.",
          "Cuando cierre la sesión en el navegador donde la permitió, y a más tardar en %s. Si la"
              + " aplicación no la usa durante %s, termina por sí sola.");
  private static final Phrase TAKEN_BACK =
      new Phrase("When you take it back.", "Cuando usted la retire.");
  private static final Phrase ON = new Phrase("On %s.", "El %s.");
  private static final Phrase UNUSED =
      new Phrase(
          "If the app does not use it until %s, it ends by itself.",
          "Si la aplicación no la usa hasta el %s, termina por sí sola.");

  /// As on the page where it was allowed.
  List<String> sees() {
    return holding.grant().scopes().once().scopes().stream()
        .map(new ScopeWording(language)::sentence)
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
    return Optional.of(
        rotatedAt <= first ? AppsText.NOT_USED.phrase().in(language) : day(rotatedAt));
  }

  String until() {
    return switch (kind()) {
      case ONCE -> say(BY_ITSELF, left(holding.family().absoluteExpiresAt()));
      case ONLINE ->
          say(
              WITH_THE_SESSION,
              left(holding.family().absoluteExpiresAt()),
              left(holding.family().idleExpiresAt()));
      case OFFLINE -> offline();
    };
  }

  private String offline() {
    var unused = day(holding.family().idleExpiresAt());
    var end = holding.family().absoluteExpiresAt();
    var latest = end == Lifetimes.END_OF_TIME ? say(TAKEN_BACK) : say(ON, day(end));
    return holding.family().idleExpiresAt() >= end || unused.equals(day(end))
        ? latest
        : latest + " " + say(UNUSED, unused);
  }

  private String say(Phrase phrase, Object... holes) {
    return phrase.in(language).formatted(holes);
  }

  private AccessKind kind() {
    return holding.grant().scopes().accessKind();
  }

  private String day(long seconds) {
    return DisplayTime.date(Instant.ofEpochSecond(seconds), language);
  }

  private String left(long end) {
    return DisplayTime.wait(Duration.between(now, Instant.ofEpochSecond(end)), language);
  }
}
