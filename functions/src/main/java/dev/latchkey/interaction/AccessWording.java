package dev.latchkey.interaction;

import dev.latchkey.client.Client;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeWording;
import java.time.Instant;

/// How long access lasts, in words for patients.
///
/// @param hasKey whether the app is held to prove that it holds a key when it exchanges the code
record AccessWording(Client client, boolean hasKey, Instant now) {
  static AccessWording of(Visit visit) {
    var client = visit.client();
    var request = visit.transaction().request();
    return new AccessWording(
        client, client.rules().dpopBound() || request.key() != null, visit.now());
  }

  /// The label of the check box of `offline_access` or `online_access`.
  String label(NamedScope scope) {
    return new ScopeWording(Language.ENGLISH)
        .sentence(isAway(scope) ? scope : NamedScope.ONLINE_ACCESS);
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
    var lifetime = client.policy(AccessKind.ONCE, hasKey).accessToken();
    return "access ends by itself after " + DisplayTime.wait(lifetime);
  }

  private boolean isAway(NamedScope scope) {
    return scope.equals(NamedScope.OFFLINE_ACCESS)
        && GrantPolicy.longest(client.clientClass(hasKey), AccessKind.OFFLINE)
            == AccessKind.OFFLINE;
  }

  private String offline() {
    var policy = client.policy(AccessKind.OFFLINE, hasKey);
    var end =
        policy.absolute().equals(GrantPolicy.NO_END)
            ? "Until you take it back, which you can do any time."
            : "Until %s. You can take it back any time before.".formatted(end(policy));
    return end
        + " If the app does not use it for "
        + DisplayTime.wait(policy.idle())
        + ", it ends by itself.";
  }

  private String longerWithAKey() {
    var policy = client.policy(AccessKind.OFFLINE, true);
    return "The app can keep it for longer, when you are away too, only if it proves each time with"
        + " a key that stays on this device that it is the same app: then until "
        + end(policy)
        + ", or until it is not used for "
        + DisplayTime.wait(policy.idle())
        + ". You can take it back any time before.";
  }

  private String end(GrantPolicy policy) {
    return DisplayTime.date(now.plus(policy.absolute()));
  }

  private static String online() {
    return "At most "
        + DisplayTime.wait(SessionPolicy.ABSOLUTE)
        + ". It ends by itself when the app does not use it for "
        + DisplayTime.wait(SessionPolicy.IDLE)
        + ".";
  }
}
