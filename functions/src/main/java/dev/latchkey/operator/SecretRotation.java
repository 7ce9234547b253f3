package dev.latchkey.operator;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.operator.ClientEdit.Edited;
import dev.latchkey.secret.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives an app another secret. The last one works for a while longer, so that its server can move;
/// one before it ends now, so that no more than two work at once.
record SecretRotation(
    ClientEdit edit, SecretHashing hashing, Entropy entropy, InstantSource clock) {

  Answer rotate(ClientId id, int overlapHours, boolean dryRun) {
    var now = clock.instant();
    var overlapEnds = now.plus(Duration.ofHours(overlapHours)).getEpochSecond();
    return edit.apply(id, dryRun, seen -> rotated(seen, now, overlapEnds, dryRun));
  }

  private Edited rotated(Client seen, Instant now, long overlapEnds, boolean dryRun) {
    var credentials = seen.credentials();
    if (!credentials.hasSecret()) {
      return new Edited(
          seen,
          new Answer.Refused(
              "no_secret", "The app %s proves itself without a secret.".formatted(seen.id())));
    }
    var secrets = new ArrayList<ClientSecret>();
    Map<String, Object> facts = new LinkedHashMap<>();
    if (!dryRun) {
      var secret = entropy.value();
      secrets.add(ClientSecret.of(hashing.hash(secret), now.getEpochSecond()));
      facts.put("client_id", seen.id().value());
      facts.put("client_secret", secret);
    }
    var kept = kept(credentials.secrets(), now.getEpochSecond(), overlapEnds);
    secrets.addAll(kept);
    return new Edited(
        seen.with(credentials.withSecrets(secrets)),
        new Answer.Done(changes(seen.id(), kept), facts));
  }

  private static List<ClientSecret> kept(List<ClientSecret> secrets, long now, long overlapEnds) {
    return secrets.stream()
        .max(Comparator.comparingLong(ClientSecret::issuedAt))
        .map(last -> last.endingBy(overlapEnds))
        .filter(last -> last.isLive(now))
        .stream()
        .toList();
  }

  private static List<String> changes(ClientId id, List<ClientSecret> kept) {
    var changes = new ArrayList<String>();
    changes.add("The app %s has a new secret.".formatted(id));
    changes.add(
        kept.isEmpty()
            ? "No other secret works any more."
            : "The last one works until %s, and no other."
                .formatted(Instant.ofEpochSecond(kept.getFirst().expiresAt())));
    return changes;
  }
}
