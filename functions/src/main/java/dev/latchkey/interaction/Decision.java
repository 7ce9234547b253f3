package dev.latchkey.interaction;

import dev.latchkey.http.Parameters;
import dev.latchkey.policy.AccessSpan;
import dev.latchkey.scope.ScopeSet;
import java.util.Optional;

/// What a posted consent form says, checked against what was offered and not taken from the form.
sealed interface Decision {
  /// A yes.
  ///
  /// @param granted part of what the app asked for, never empty
  /// @param span for how long at most
  record Allowed(ScopeSet granted, AccessSpan span) implements Decision {}

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
    var span = span(form, offer);
    if (!offer.includes(ticked) || span.isEmpty()) {
      return new Changed();
    }
    var granted = offer.granted(ticked);
    return granted.isEmpty() ? new Denied() : new Allowed(granted, span.get());
  }

  /// Without lasting access there is nothing to shorten, and nothing chosen is the first choice.
  private static Optional<AccessSpan> span(Parameters form, ConsentOffer offer) {
    return offer.isOfLastingAccess()
        ? AccessSpan.of(form.get("span").orElse(AccessSpan.LONGEST.word()))
        : Optional.of(AccessSpan.LONGEST);
  }
}
