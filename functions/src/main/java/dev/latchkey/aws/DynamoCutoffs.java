package dev.latchkey.aws;

import dev.latchkey.family.Cutoffs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Cut-offs in DynamoDB: `N#holder` in table `families`, where every use of a token looks anyway.
public final class DynamoCutoffs implements Cutoffs {
  private static final String SORT = "N";

  private final DynamoTable table;

  public DynamoCutoffs(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void raise(Of of, long at, long keepUntil) {
    var _ =
        table.update(
            Update.of(key(of)).whenAbsentOrBelow("at", at).set("at", at).set("ttl", keepUntil));
  }

  @Override
  public Map<Of, Long> find(Collection<? extends Of> of) {
    var items = table.getAll(of.stream().map(DynamoCutoffs::key).toList());
    var found = new HashMap<Of, Long>();
    of.forEach(
        one ->
            items.stream()
                .filter(item -> item.isAt(key(one)))
                .forEach(item -> found.put(one, item.number("at"))));
    return found;
  }

  /// The app stands last: its id may hold anything, a subject is ours and holds no `#`.
  private static Key key(Of of) {
    return switch (of) {
      case Of.Subject(var subject) -> Key.of("N#S#" + subject, SORT);
      case Of.App(var subject, var client) -> Key.of("N#A#" + subject + "#" + client, SORT);
      case Of.Client(var client) -> Key.of("N#C#" + client, SORT);
      case Of.Session(var handle) -> Key.of("N#B#" + handle.value(), SORT);
      case Of.Token(var id) -> Key.of("N#T#" + id, SORT);
    };
  }
}
