package dev.latchkey.operator;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyId;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.ClientRemoval;
import java.time.Instant;
import java.time.InstantSource;

/// Takes back what patients allowed: one grant, all of an app, all of a user. Each is one write,
/// which every later use of a token sees.
record GrantRevocation(
    Families families, Cutoffs cutoffs, ClientRegistry clients, InstantSource clock) {

  Answer family(FamilyId id, boolean dryRun) {
    if (families.find(id).isEmpty()) {
      return new Answer.Refused("unknown_family", "There is no grant %s.".formatted(id));
    }
    if (!dryRun) {
      families.revoke(id, "operator", Lifetimes.after(now(), Lifetimes.EVIDENCE));
    }
    return new Answer.Done("The grant %s is revoked.".formatted(id));
  }

  Answer app(ClientId client, boolean dryRun) {
    return clients.find(client).isEmpty()
        ? ClientSentences.unknown(client)
        : cut(
            new Cutoffs.Of.Client(client),
            dryRun,
            "Everything that anybody allowed the app %s until %s is revoked."
                .formatted(client, at()));
  }

  Answer removal(ClientId client, boolean dryRun) {
    if (clients.find(client).isEmpty()) {
      return ClientSentences.unknown(client);
    }
    if (!dryRun) {
      new ClientRemoval(cutoffs, clients).remove(client, now());
    }
    return new Answer.Done(
        "The app %s is removed, and everything that it was allowed is revoked.".formatted(client));
  }

  Answer user(String subject, boolean dryRun) {
    return cut(
        new Cutoffs.Of.Subject(subject),
        dryRun,
        "Everything that the user %s allowed until %s is revoked, and every browser of theirs is signed out."
            .formatted(subject, at()));
  }

  private Answer cut(Cutoffs.Of of, boolean dryRun, String change) {
    if (!dryRun) {
      raise(of);
    }
    return new Answer.Done(change);
  }

  private void raise(Cutoffs.Of of) {
    cutoffs.raise(of, now(), Lifetimes.END_OF_TIME);
  }

  private Instant at() {
    return Instant.ofEpochSecond(now());
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
