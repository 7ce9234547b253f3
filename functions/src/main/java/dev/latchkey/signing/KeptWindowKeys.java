package dev.latchkey.signing;

import java.util.List;

/// Where window keys are kept, for operators. Which of them are genuine is not looked at.
public interface KeptWindowKeys {
  /// A window key.
  ///
  /// @param id under which it is kept
  /// @param day on which it signs, as in `2036-03-01`
  /// @param keyId its `kid`; empty where what is kept names none
  record Kept(String id, String day, String keyId) {}

  /// All there are, as they are and not as they were a moment ago.
  List<Kept> list();

  /// Removes one. Within a minute no instance signs with it or publishes it.
  void remove(Kept key);

  /// For servers that have no window keys.
  static KeptWindowKeys none() {
    return new KeptWindowKeys() {
      @Override
      public List<Kept> list() {
        return List.of();
      }

      @Override
      public void remove(Kept key) {}
    };
  }
}
