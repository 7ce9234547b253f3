package dev.latchkey.signing;

import java.util.Arrays;
import java.util.List;

/// Which signing keys there are and what each is for.
///
/// @param keys at least one, exactly one of them current
public record KeySchedule(List<ScheduledKey> keys) {
  /// The life of a signing key.
  public enum Stage {
    /// Published, not used yet: verifiers cache the key set.
    NEXT,
    /// Signs.
    CURRENT,
    /// Published until the last token that it signed has ended.
    RETIRED
  }

  /// One key and where it is in its life.
  ///
  /// @param arn the KMS key's ARN; not an alias, which changes at some later time and not at once
  public record ScheduledKey(Stage stage, String arn) {}

  public KeySchedule {
    keys = List.copyOf(keys);
    if (keys.stream().filter(key -> key.stage() == Stage.CURRENT).count() != 1) {
      throw new IllegalArgumentException("A key schedule needs exactly one CURRENT key");
    }
  }

  /// Reads `CURRENT=<arn>,NEXT=<arn>`.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static KeySchedule parse(String text) {
    return new KeySchedule(Arrays.stream(text.split(",")).map(KeySchedule::parseKey).toList());
  }

  private static ScheduledKey parseKey(String entry) {
    var parts = entry.strip().split("=", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("Write each signing key as STAGE=arn");
    }
    return new ScheduledKey(Stage.valueOf(parts[0]), parts[1]);
  }

  public String currentArn() {
    return keys.stream()
        .filter(key -> key.stage() == Stage.CURRENT)
        .map(ScheduledKey::arn)
        .findFirst()
        .orElseThrow();
  }
}
