package dev.latchkey.aws;

import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.util.Optional;

/// The schedule of the signing keys as it is used in one region. A multi-region KMS key is the same
/// key under one ARN in each region, and the table may be a replica that was written in another, so
/// such a key is named as it is named here. Any other key stays as it is.
public final class RegionalSchedules implements SigningSchedules {
  private final SigningSchedules schedules;
  private final String region;

  /// @param schedules kept in any region
  /// @param region such as `eu-west-1`
  public RegionalSchedules(SigningSchedules schedules, String region) {
    this.schedules = schedules;
    this.region = region;
  }

  @Override
  public Optional<KeySchedule> find() {
    return schedules.find().map(this::here);
  }

  /// What is kept is compared as it is kept, whatever region wrote it.
  @Override
  public boolean replace(Optional<KeySchedule> seen, KeySchedule changed) {
    var kept = schedules.find();
    var isSeen = kept.map(this::here).map(KeySchedule::text).equals(seen.map(KeySchedule::text));
    return isSeen && schedules.replace(kept, changed);
  }

  private KeySchedule here(KeySchedule schedule) {
    return new KeySchedule(
        schedule.keys().stream()
            .map(key -> new KeySchedule.ScheduledKey(key.stage(), here(key.arn()), key.since()))
            .toList());
  }

  /// AWS gives multi-region keys ids that begin so, and no others.
  private String here(String arn) {
    var parts = arn.split(":", -1);
    if (parts.length != 6 || !parts[5].startsWith("key/mrk-")) {
      return arn;
    }
    parts[3] = region;
    return String.join(":", parts);
  }
}
