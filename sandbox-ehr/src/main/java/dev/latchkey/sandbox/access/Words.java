package dev.latchkey.sandbox.access;

/// Puts words of the request into answers without letting them become markup or grow.
final class Words {
  private static final int LONGEST = 60;

  private Words() {}

  static String plain(String text) {
    var safe = text.replaceAll("[^A-Za-z0-9_$:.-]", "");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
  }
}
