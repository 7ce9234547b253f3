package dev.latchkey.sandbox;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows a developer what an operator would be told.
public final class LoggedEvents implements OperatorEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedEvents.class);

  @Override
  public void report(OperatorEvent event) {
    LOG.warn(
        "{}: app {}, grant {}, generation {}. See docs/operations.md.",
        event.kind().label(),
        event.client(),
        event.family(),
        event.generation());
  }
}
