package dev.latchkey.launch;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What whoever asked for an app to be opened has to tell it: a text that this server passes on and
/// does not understand (`appContext`; CDS Hooks 2.0, Link, to which SMART 2.2 refers for its launch
/// tasks).
///
/// @param text JSON, base64 or anything else that the app knows; at most 2048 bytes of UTF-8
public record AppContext(String text) {
  private static final int LONGEST = 2048;

  /// @throws IllegalArgumentException for a longer one
  public AppContext {
    if (!fits(text)) {
      throw new IllegalArgumentException("An appContext of more than " + LONGEST + " bytes");
    }
  }

  /// Whether it is short enough to be repeated with each token.
  public static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  static @Nullable AppContext of(@Nullable String text) {
    return text == null ? null : new AppContext(text);
  }
}
