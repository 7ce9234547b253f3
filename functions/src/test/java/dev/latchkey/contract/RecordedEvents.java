package dev.latchkey.contract;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What operators were told, for a test to look at.
public final class RecordedEvents implements OperatorEvents {
  private final List<OperatorEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void report(OperatorEvent event) {
    events.add(event);
  }

  public void reset() {
    events.clear();
  }

  /// The kinds, in the order in which they were reported.
  public List<OperatorEvent.Kind> kinds() {
    return events.stream().map(OperatorEvent::kind).toList();
  }

  /// The same without what is about no family, such as a client that did not prove itself.
  public List<OperatorEvent.Kind> kindsAboutFamilies() {
    return events.stream()
        .filter(event -> !event.family().isEmpty())
        .map(OperatorEvent::kind)
        .toList();
  }

  public List<OperatorEvent> events() {
    return List.copyOf(events);
  }
}
