package dev.latchkey.wiring;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.aws.RegionalSchedules;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.signing.SigningSchedules;
import java.time.InstantSource;

/// The keys that sign tokens: in KMS, and window keys where the settings say so.
final class KmsSigningKeys {
  private KmsSigningKeys() {}

  /// @param kept in the table, which another region may have written
  static SigningKeys on(
      AwsClients aws,
      Settings settings,
      SigningSchedules kept,
      OperatorEvents events,
      InstantSource clock) {
    var schedules = new RegionalSchedules(kept, settings.region());
    var first = settings.signingKeys();
    return settings.signsWithWindowKeys()
        ? aws.windowSigningKeys(
            schedules,
            first,
            settings.tokenKeyArn(),
            aws.table(settings.tables().registry()),
            clock,
            events)
        : aws.signingKeys(schedules, first, clock, events);
  }
}
