package dev.latchkey.scope;

import java.util.Optional;

/// One scope. It is kept as the app spelled it, because clients compare the answer with what they
/// asked for (SMART 2.2, scopes).
public sealed interface Scope permits ResourceScope, NamedScope, LaunchScope {
  String spelled();

  /// Reads one scope string. Empty when it is none that this server knows.
  static Optional<Scope> parse(String text) {
    return text.contains("/") && !text.startsWith("launch/")
        ? ScopeGrammar.parse(text).map(scope -> scope)
        : NamedScope.parse(text).map(Scope.class::cast).or(() -> LaunchScope.parse(text));
  }
}
