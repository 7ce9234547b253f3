package dev.latchkey.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// For how long a patient lets an app keep lasting access. It can shorten what the policy allows
/// and never extends it. The US rule asks for a choice of at least three months wherever there is
/// one (45 CFR 170.315(g)(10)).
public enum AccessSpan {
  /// As long as the policy for the app allows.
  LONGEST("longest", GrantPolicy.NO_END),
  YEAR("year", Duration.ofDays(366)),
  /// No three months are longer.
  THREE_MONTHS("three-months", Duration.ofDays(92)),
  MONTH("month", Duration.ofDays(31)),
  DAY("day", Duration.ofDays(1));

  private final String word;
  private final Duration length;

  AccessSpan(String word, Duration length) {
    this.word = word;
    this.length = length;
  }

  /// In the form.
  public String word() {
    return word;
  }

  public Duration length() {
    return length;
  }

  public static Optional<AccessSpan> of(String word) {
    return Arrays.stream(values()).filter(span -> span.word.equals(word)).findFirst();
  }
}
