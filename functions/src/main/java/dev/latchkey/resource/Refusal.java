package dev.latchkey.resource;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is logged of a request that may not go on: why, and of which app, where the token is one of
/// ours. Its path may say whose record it was.
///
/// @param reason spelled in small letters there
record Refusal(String event, Enum<?> reason, Optional<String> client) {
  Map<String, Object> logged() {
    return Map.of(
        "event",
        event,
        "reason",
        reason.name().toLowerCase(Locale.ROOT),
        "client",
        client.orElse(""));
  }
}
