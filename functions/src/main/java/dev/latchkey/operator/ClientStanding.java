package dev.latchkey.operator;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.Registration;
import dev.latchkey.operator.ClientEdit.Edited;
import dev.latchkey.policy.Lifetimes;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Switches apps off and on, and says how much is known of who stands behind them.
record ClientStanding(ClientEdit edit, GrantRevocation revocation) {

  /// The app goes first: it must not get a token for what is about to be revoked.
  Answer disable(ClientId id, boolean revoke, boolean dryRun) {
    var disabled = set(id, dryRun, r -> r.disabled(true), "The app %s is disabled.".formatted(id));
    return revoke
            && disabled instanceof Answer.Done done
            && revocation.app(id, dryRun) instanceof Answer.Done revoked
        ? done.and(revoked)
        : disabled;
  }

  Answer enable(ClientId id, boolean dryRun) {
    return set(id, dryRun, r -> r.disabled(false), "The app %s is enabled.".formatted(id));
  }

  Answer verify(ClientId id, IdentityLevel level, boolean dryRun) {
    var change = "The app %s counts as %s.".formatted(id, level.name().toLowerCase(Locale.ROOT));
    return set(id, dryRun, r -> known(r.at(level)), change);
  }

  /// What nobody vouches for ends when no patient uses it in time.
  private static Registration known(Registration registration) {
    return registration.level() == IdentityLevel.UNVERIFIED
        ? registration
        : registration.expiringAt(Lifetimes.END_OF_TIME);
  }

  private interface Change {
    Registration of(Registration registration);
  }

  private Answer set(ClientId id, boolean dryRun, Change change, String sentence) {
    return edit.apply(id, dryRun, seen -> edited(seen, change, sentence));
  }

  private static Edited edited(Client seen, Change change, String sentence) {
    var changed = seen.with(change.of(seen.registration()));
    return new Edited(
        changed,
        changed.equals(seen) ? new Answer.Done(List.of(), Map.of()) : new Answer.Done(sentence));
  }
}
