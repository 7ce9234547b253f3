package dev.latchkey.signing;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which signing keys there are and what each is for.
///
/// @param keys one current key, at most one next and at most one retired, each key once
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
  /// @param since seconds since 1970 when the stage began; 0 for always
  public record ScheduledKey(Stage stage, String arn, long since) {
    ScheduledKey in(Stage other, long now) {
      return new ScheduledKey(other, arn, now);
    }
  }

  public KeySchedule {
    keys = List.copyOf(keys);
    if (keys.stream().filter(key -> key.stage() == Stage.CURRENT).count() != 1) {
      throw new IllegalArgumentException("A key schedule needs exactly one CURRENT key");
    }
    var stages = keys.stream().map(ScheduledKey::stage).collect(Collectors.toSet());
    if (stages.size() != keys.size()) {
      throw new IllegalArgumentException("A key schedule has one key in each stage at most");
    }
    if (keys.stream().map(ScheduledKey::arn).distinct().count() != keys.size()) {
      throw new IllegalArgumentException("A key schedule has each key once");
    }
  }

  /// Reads `CURRENT=<arn>@<since>,NEXT=<arn>@<since>`; without `@` a stage is as old as time.
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
    var named = parts[1].split("@", 2);
    return new ScheduledKey(
        Stage.valueOf(parts[0]), named[0], named.length == 1 ? 0 : Long.parseLong(named[1]));
  }

  /// The text that [#parse] reads, always the same for the same schedule.
  public String text() {
    return EnumSet.allOf(Stage.class).stream()
        .flatMap(stage -> in(stage).stream())
        .map(key -> "%s=%s@%d".formatted(key.stage(), key.arn(), key.since()))
        .collect(Collectors.joining(","));
  }

  public String currentArn() {
    return current().arn();
  }

  public ScheduledKey current() {
    return in(Stage.CURRENT).orElseThrow();
  }

  /// The key in a stage.
  public Optional<ScheduledKey> in(Stage stage) {
    return keys.stream().filter(key -> key.stage() == stage).findFirst();
  }

  public Optional<ScheduledKey> find(String arn) {
    return keys.stream().filter(key -> key.arn().equals(arn)).findFirst();
  }

  /// Publishes a key that will sign later.
  ///
  /// @throws IllegalArgumentException when there is a next key or the key is there already
  public KeySchedule withNext(String arn, long now) {
    return new KeySchedule(
        Stream.concat(keys.stream(), Stream.of(new ScheduledKey(Stage.NEXT, arn, now))).toList());
  }

  /// The next key signs, and the one that signed is retired. Whether it is time is not asked here.
  ///
  /// @throws java.util.NoSuchElementException when there is no next key
  /// @throws IllegalArgumentException when another key is still retired
  public KeySchedule promoted(long now) {
    var next = in(Stage.NEXT).orElseThrow();
    return new KeySchedule(
        Stream.of(
                in(Stage.RETIRED).stream(),
                Stream.of(current().in(Stage.RETIRED, now)),
                Stream.of(next.in(Stage.CURRENT, now)))
            .flatMap(part -> part)
            .toList());
  }

  /// A key is published no more. In place of the one that signs comes the next one.
  ///
  /// @throws java.util.NoSuchElementException when it signs and there is no next key
  public KeySchedule without(String arn, long now) {
    if (!current().arn().equals(arn)) {
      return new KeySchedule(keys.stream().filter(key -> !key.arn().equals(arn)).toList());
    }
    var next = in(Stage.NEXT).orElseThrow();
    return new KeySchedule(
        Stream.concat(in(Stage.RETIRED).stream(), Stream.of(next.in(Stage.CURRENT, now))).toList());
  }
}
