package dev.latchkey.scope;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Writes scopes at random together with all that each allows, enumerated by brute force.
///
/// A resource is a type and the set of categories that it is filed under, so there are 64 kinds of
/// observation, 8 of condition, one patient and one resource of a type that does not exist yet. An
/// atom is one resource under one context and letter, or a named scope.
final class ScopeModel {
  /// @param resources each as the categories that it is filed under
  record Type(
      String fhirName, List<RecordCategory> categories, List<Set<RecordCategory>> resources) {

    private static Type of(String fhirName, List<RecordCategory> categories) {
      var resources = new ArrayList<Set<RecordCategory>>();
      for (int bits = 0; bits < 1 << categories.size(); bits++) {
        var filedUnder = EnumSet.noneOf(RecordCategory.class);
        for (int at = 0; at < categories.size(); at++) {
          if ((bits & (1 << at)) != 0) {
            filedUnder.add(categories.get(at));
          }
        }
        resources.add(filedUnder);
      }
      return new Type(fhirName, categories, List.copyOf(resources));
    }
  }

  /// A wildcard is about it, and no other scope is.
  private static final Type TO_COME = Type.of("TypeToCome", List.of());

  static final List<Type> TYPES =
      List.of(
          Type.of("Observation", RecordCategory.of(RecordType.OBSERVATION)),
          Type.of("Condition", RecordCategory.of(RecordType.CONDITION)),
          Type.of("Patient", List.of()),
          TO_COME);

  static final List<ScopeContext> CONTEXTS = List.of(ScopeContext.values());
  static final List<Interaction> LETTERS = List.of(Interaction.values());

  /// A scope as an app would write it.
  ///
  /// @param allows its atoms
  record Written(Scope scope, BitSet allows) {}

  private static final int MOST_RESOURCES = 64;
  private static final List<NamedScope> NAMED =
      List.of(NamedScope.OPENID, NamedScope.OFFLINE_ACCESS);
  private static final int FIRST_NAMED =
      CONTEXTS.size() * LETTERS.size() * TYPES.size() * MOST_RESOURCES;

  private final Random random;
  private final ScopeContext usual;

  /// @param random also picks the context that most scopes share: else few would cover each other
  ScopeModel(Random random) {
    this.random = random;
    this.usual = any(CONTEXTS, random);
  }

  Written scope() {
    if (random.nextInt(12) == 0) {
      var named = random.nextInt(NAMED.size());
      var allows = new BitSet();
      allows.set(FIRST_NAMED + named);
      return new Written(NAMED.get(named), allows);
    }
    var context = random.nextInt(6) == 0 ? any(CONTEXTS, random) : usual;
    var type = any(TYPES, random);
    var letters = letters();
    var filter =
        type.categories().isEmpty() || random.nextInt(3) == 0
            ? List.<Set<RecordCategory>>of()
            : filter(type);
    var name = type.equals(TO_COME) ? "*" : type.fhirName();
    var text = context.word() + "/" + name + "." + suffix(letters, filter) + query(filter);
    var parsed = Scope.parse(text).orElseThrow(() -> new AssertionError("no scope: " + text));
    return new Written(parsed, atoms(context, type, letters, filter));
  }

  private EnumSet<Interaction> letters() {
    var letters = EnumSet.of(any(LETTERS, random));
    while (random.nextBoolean()) {
      letters.add(any(LETTERS, random));
    }
    return letters;
  }

  /// Each set is one parameter; a resource has to be in one category of each.
  private List<Set<RecordCategory>> filter(Type type) {
    var filter = new ArrayList<Set<RecordCategory>>();
    do {
      var anyOf = EnumSet.noneOf(RecordCategory.class);
      do {
        anyOf.add(type.categories().get(random.nextInt(type.categories().size())));
      } while (random.nextInt(5) < 2);
      filter.add(anyOf);
    } while (random.nextInt(3) == 0);
    return filter;
  }

  private String suffix(Set<Interaction> letters, List<Set<RecordCategory>> filter) {
    var version2 = new StringBuilder();
    for (var interaction : Interaction.values()) {
      version2.append(letters.contains(interaction) ? "" + interaction.letter() : "");
    }
    if (!filter.isEmpty() || random.nextBoolean()) {
      return version2.toString();
    }
    return switch (version2.toString()) {
      case "rs" -> "read";
      case "cud" -> "write";
      case "cruds" -> "*";
      default -> version2.toString();
    };
  }

  private String query(List<Set<RecordCategory>> filter) {
    var query = new StringBuilder();
    for (var anyOf : filter) {
      query.append(query.isEmpty() ? "?" : "&").append("category=");
      var values = String.join(",", anyOf.stream().map(RecordCategory::token).toList());
      values.chars().forEach(one -> query.append(spelled((char) one)));
    }
    return query.toString();
  }

  /// Sometimes percent-encoded, a pipe often.
  private String spelled(char one) {
    return random.nextInt(one == '|' ? 2 : 30) == 0
        ? (random.nextBoolean() ? "%%%02X" : "%%%02x").formatted((int) one)
        : String.valueOf(one);
  }

  private static BitSet atoms(
      ScopeContext context,
      Type about,
      Set<Interaction> letters,
      List<Set<RecordCategory>> filter) {
    var atoms = new BitSet();
    for (var type : about.equals(TO_COME) ? TYPES : List.of(about)) {
      for (int at = 0; at < type.resources().size(); at++) {
        var filedUnder = type.resources().get(at);
        if (filter.stream().allMatch(anyOf -> anyOf.stream().anyMatch(filedUnder::contains))) {
          for (var letter : letters) {
            atoms.set(atom(context, letter, type, at));
          }
        }
      }
    }
    return atoms;
  }

  /// @param resource as it is numbered in [Type#resources]
  static int atom(ScopeContext context, Interaction letter, Type type, int resource) {
    return (first(context, letter) + TYPES.indexOf(type)) * MOST_RESOURCES + resource;
  }

  private static int first(ScopeContext context, Interaction letter) {
    return (CONTEXTS.indexOf(context) * LETTERS.size() + LETTERS.indexOf(letter)) * TYPES.size();
  }

  static BitSet union(List<Written> scopes) {
    var union = new BitSet();
    scopes.forEach(scope -> union.or(scope.allows()));
    return union;
  }

  static boolean includes(BitSet allowed, BitSet wanted) {
    var missing = (BitSet) wanted.clone();
    missing.andNot(allowed);
    return missing.isEmpty();
  }

  /// The letters of a scope that are allowed wherever it asks for them; none at all for a named
  /// scope that is allowed; empty when there is nothing.
  static Optional<Set<Interaction>> coveredLetters(Written wanted, BitSet allowed) {
    if (!(wanted.scope() instanceof ResourceScope scope)) {
      return includes(allowed, wanted.allows()) ? Optional.of(Set.of()) : Optional.empty();
    }
    var letters = EnumSet.noneOf(Interaction.class);
    for (var letter : scope.interactions()) {
      var from = first(scope.context(), letter) * MOST_RESOURCES;
      var to = from + TYPES.size() * MOST_RESOURCES;
      if (includes(allowed.get(from, to), wanted.allows().get(from, to))) {
        letters.add(letter);
      }
    }
    return letters.isEmpty() ? Optional.empty() : Optional.of(letters);
  }

  static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
