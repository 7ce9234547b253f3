package dev.latchkey.client;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts the wrong secrets of each client in this instance of a function, so that an app that
/// keeps sending one is told to stop and operators hear of it (RFC 6819 section 4.3.5).
///
/// Nobody is kept out by it: secrets have 256 bits, so no number of guesses finds one, and whoever
/// could lock a client out by guessing would have a new attack. See docs/adr/0040.
public final class WrongSecrets {
  /// In one window; more of them are answered 429.
  private static final int MOST = 20;

  private static final long WINDOW_SECONDS = 60;
  private static final int CAPACITY = 1_000;

  private final OperatorEvents events;
  private final Map<ClientId, Count> counts = new LinkedHashMap<>();

  public WrongSecrets(OperatorEvents events) {
    this.events = events;
  }

  private record Count(long window, int wrong) {}

  /// Counts one more and returns whether they are too many now.
  ///
  /// @param client a registered one: a stranger must not fill this with names
  /// @param now seconds since the epoch
  boolean isTooMany(ClientId client, long now) {
    var wrong = count(client, now / WINDOW_SECONDS);
    if (wrong == MOST + 1) {
      events.report(new OperatorEvent(OperatorEvent.Kind.WRONG_SECRETS, client.value(), "", -1));
    }
    return wrong > MOST;
  }

  private synchronized int count(ClientId client, long window) {
    var before = counts.remove(client);
    var wrong = before == null || before.window() != window ? 1 : before.wrong() + 1;
    counts.put(client, new Count(window, wrong));
    if (counts.size() > CAPACITY) {
      var oldest = counts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return wrong;
  }
}
