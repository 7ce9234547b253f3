package dev.latchkey.limit;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Counts requests (table `ephemeral`, `Q#caller#end of the window`).
public interface RequestCounts {
  /// Counts one request, in one conditional write. Returns empty when it is within the limit, or
  /// when the next one may be made. A request beyond the limit is not counted.
  ///
  /// @param caller hash of who asks and for what, so that callers and purposes stay apart
  Optional<Instant> count(SecretHash caller, RequestLimit limit, Instant now);
}
