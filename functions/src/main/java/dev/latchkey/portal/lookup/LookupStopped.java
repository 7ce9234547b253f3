package dev.latchkey.portal.lookup;

import dev.latchkey.portal.Portal;
import java.io.Serial;

/// A look-up that cannot go on.
final class LookupStopped extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Portal.Answer answer;

  private LookupStopped(Portal.Answer answer) {
    this.answer = answer;
  }

  /// @param reason for operators, without anything of a person
  static LookupStopped refused(String reason) {
    return new LookupStopped(new Portal.Answer.Refused(reason));
  }

  static LookupStopped unreachable() {
    return new LookupStopped(new Portal.Answer.Unreachable());
  }

  Portal.Answer answer() {
    return answer;
  }
}
