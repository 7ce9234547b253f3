package dev.latchkey.interaction;

import dev.latchkey.client.Client;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.AccessSpan;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeWording;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// How long access lasts, in words for patients.
///
/// @param hasKey whether the app is held to prove that it holds a key when it exchanges the code
record AccessWording(Client client, boolean hasKey, Instant now, Language language) {
  private static final Phrase ONCE =
      new Phrase("access ends by itself after %s", "el acceso termina por sí solo al cabo de %s");
  private static final Phrase NO_END =
      new Phrase("Until you take it back", "Hasta que usted lo retire");
  private static final Phrase END = new Phrase("Until %s", "Hasta el %s");
  private static final Phrase ANY_TIME =
      new Phrase("You can take it back any time.", "Puede retirarlo en cualquier momento.");
  private static final Map<AccessSpan, Phrase> SPANS =
      Map.of(
          AccessSpan.YEAR, new Phrase("1 year, until %s", "1 año, hasta el %s"),
          AccessSpan.THREE_MONTHS, new Phrase("3 months, until %s", "3 meses, hasta el %s"),
          AccessSpan.MONTH, new Phrase("1 month, until %s", "1 mes, hasta el %s"),
          AccessSpan.DAY, new Phrase("1 day, until %s", "1 día, hasta el %s"));
  private static final Phrase IDLE =
      new Phrase(
          " If the app does not use it for %s, it ends by itself.",
          " Si la aplicación no lo usa durante %s, termina por sí solo.");
  private static final Phrase LONGER =
      new Phrase(
          "The app can keep it for longer, when you are away too, only if it proves each time with"
              + " a key that stays on this device that it is the same app: then until %s, or until"
              + " it is not used for %s. You can take it back any time before.",
          "La aplicación solo puede conservarlo más tiempo, también cuando usted no está, si"
              + " demuestra cada vez con una clave que no sale de este dispositivo que es la misma"
              + " aplicación: entonces hasta el %s, o hasta que no se use durante %s. Puede"
              + " retirarlo antes en cualquier momento.");
  private static final Phrase ONLINE =
      new Phrase(
          "At most %s. It ends by itself when the app does not use it for %s.",
          "Como máximo %s. Termina por sí solo cuando la aplicación no lo usa durante %s.");

  private static final Phrase REMEMBERED =
      new Phrase(
          "While it lasts, the app may come back for the same or less without asking you, for %s at"
              + " most.",
          "Mientras dure, la aplicación puede volver a pedir lo mismo o menos sin preguntarle,"
              + " durante %s como máximo.");

  static AccessWording of(Visit visit) {
    var client = visit.client();
    var request = visit.transaction().request();
    return new AccessWording(
        client, client.rules().dpopBound() || request.key() != null, visit.now(), visit.language());
  }

  /// The label of the check box of `offline_access` or `online_access`.
  String label(NamedScope scope) {
    return new ScopeWording(language).sentence(isAway(scope) ? scope : NamedScope.ONLINE_ACCESS);
  }

  /// Beside that check box.
  String duration(NamedScope scope) {
    if (scope.equals(NamedScope.ONLINE_ACCESS)) {
      return online();
    }
    return isAway(scope) ? offline() : online() + " " + longerWithAKey();
  }

  /// When no box about duration is ticked.
  String once() {
    return say(ONCE, wait(client.policy(AccessKind.ONCE, hasKey).accessToken()));
  }

  /// What lasting access also means where it is remembered.
  String remembered() {
    return say(REMEMBERED, wait(Lifetimes.REMEMBERED_CONSENT));
  }

  /// In the menu of how long at most.
  String span(AccessSpan span) {
    var phrase = SPANS.get(span);
    return phrase == null
        ? longest()
        : say(phrase, DisplayTime.date(now.plus(span.length()), language));
  }

  private String longest() {
    // An app that gets lasting access only with a key falls under the policy for one.
    var longestIsAway = isAway(NamedScope.OFFLINE_ACCESS);
    var policy = client.policy(AccessKind.OFFLINE, hasKey || !longestIsAway);
    return policy.absolute().equals(GrantPolicy.NO_END) ? say(NO_END) : say(END, end(policy));
  }

  private boolean isAway(NamedScope scope) {
    return scope.equals(NamedScope.OFFLINE_ACCESS)
        && GrantPolicy.longest(client.clientClass(hasKey), AccessKind.OFFLINE)
            == AccessKind.OFFLINE;
  }

  private String offline() {
    var policy = client.policy(AccessKind.OFFLINE, hasKey);
    return say(ANY_TIME) + say(IDLE, wait(policy.idle()));
  }

  private String longerWithAKey() {
    var policy = client.policy(AccessKind.OFFLINE, true);
    return say(LONGER, end(policy), wait(policy.idle()));
  }

  private String online() {
    return say(ONLINE, wait(SessionPolicy.ABSOLUTE), wait(SessionPolicy.IDLE));
  }

  private String end(GrantPolicy policy) {
    return DisplayTime.date(now.plus(policy.absolute()), language);
  }

  private String wait(Duration duration) {
    return DisplayTime.wait(duration, language);
  }

  private String say(Phrase phrase, Object... values) {
    return phrase.in(language).formatted(values);
  }
}
