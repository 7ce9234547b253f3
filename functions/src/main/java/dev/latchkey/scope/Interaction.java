package dev.latchkey.scope;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may be done with a resource type, by the letter that SMART 2 scopes use, in their fixed
/// order.
public enum Interaction {
  CREATE('c'),
  /// Read, version read and the history of one resource.
  READ('r'),
  /// Update and patch, including an update that creates.
  UPDATE('u'),
  DELETE('d'),
  /// Search, and the history of a whole type.
  SEARCH('s');

  private final char letter;

  Interaction(char letter) {
    this.letter = letter;
  }

  public char letter() {
    return letter;
  }

  /// Parses letters such as `rs`: at least one, each once, in the order c r u d s. Returns the
  /// empty set for anything else.
  static Set<Interaction> parse(String letters) {
    var found = EnumSet.noneOf(Interaction.class);
    var rest = letters;
    for (var interaction : values()) {
      if (rest.startsWith(String.valueOf(interaction.letter))) {
        found.add(interaction);
        rest = rest.substring(1);
      }
    }
    return rest.isEmpty() ? found : EnumSet.noneOf(Interaction.class);
  }

  /// The letters of these, in their fixed order.
  static String spelled(Set<Interaction> interactions) {
    return Stream.of(values())
        .filter(interactions::contains)
        .map(one -> String.valueOf(one.letter))
        .collect(Collectors.joining());
  }
}
