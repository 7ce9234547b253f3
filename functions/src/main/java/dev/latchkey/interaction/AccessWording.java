package dev.latchkey.interaction;

import dev.latchkey.client.Client;
import dev.latchkey.http.DisplayTime;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.scope.NamedScope;
import java.time.Instant;

/// How long access lasts, in words for patients.
record AccessWording(Client client, Instant now) {
  /// Beside the check box of `offline_access` or `online_access`.
  String duration(NamedScope scope) {
    return scope.equals(NamedScope.OFFLINE_ACCESS) ? offline() : online();
  }

  /// When no box about duration is ticked.
  String once() {
    var lifetime = client.policy(AccessKind.ONCE).accessToken();
    return "access ends by itself after " + DisplayTime.wait(lifetime);
  }

  private String offline() {
    var policy = client.policy(AccessKind.OFFLINE);
    var end =
        policy.absolute().equals(GrantPolicy.NO_END)
            ? "Until you take it back, which you can do any time."
            : "Until %s. You can take it back any time before."
                .formatted(DisplayTime.date(now.plus(policy.absolute())));
    return end
        + " If the app does not use it for "
        + DisplayTime.wait(policy.idle())
        + ", it ends by itself.";
  }

  private static String online() {
    return "At most "
        + DisplayTime.wait(SessionPolicy.ABSOLUTE)
        + ". It ends by itself when the app does not use it for "
        + DisplayTime.wait(SessionPolicy.IDLE)
        + ".";
  }
}
