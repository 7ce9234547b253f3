package dev.latchkey.interaction;

import dev.latchkey.http.Parameters;
import dev.latchkey.scope.ScopeSet;

/// What a posted consent form says, checked against what was offered and not taken from the form.
sealed interface Decision {
  /// A yes.
  ///
  /// @param granted part of what the app asked for, never empty
  record Allowed(ScopeSet granted) implements Decision {}

  /// No, or a yes to nothing.
  record Denied() implements Decision {}

  /// It allows something that was not offered: no form of ours does.
  record Changed() implements Decision {}

  /// Neither button.
  record Missing() implements Decision {}

  static Decision read(Parameters form, ConsentOffer offer) {
    return switch (form.get("decision").orElse("")) {
      case "allow" -> allowed(form, offer);
      case "deny" -> new Denied();
      default -> new Missing();
    };
  }

  private static Decision allowed(Parameters form, ConsentOffer offer) {
    var ticked = form.all("scope");
    if (!offer.includes(ticked)) {
      return new Changed();
    }
    var granted = offer.granted(ticked);
    return granted.isEmpty() ? new Denied() : new Allowed(granted);
  }
}
