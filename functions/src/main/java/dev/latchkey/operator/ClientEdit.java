package dev.latchkey.operator;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import java.util.function.Function;

/// Changes one app, if it is still as it was seen: its developer may be changing it too.
record ClientEdit(ClientRegistry clients) {

  /// What comes of an app.
  ///
  /// @param changed the app as it was seen, where nothing is to be changed
  /// @param answer when this change was made
  record Edited(Client changed, Answer answer) {}

  Answer apply(ClientId id, boolean dryRun, Function<Client, Edited> edit) {
    return clients
        .find(id)
        .map(seen -> replace(seen, edit.apply(seen), dryRun))
        .orElseGet(() -> ClientSentences.unknown(id));
  }

  private Answer replace(Client seen, Edited edited, boolean dryRun) {
    return dryRun || edited.changed().equals(seen) || clients.replace(seen, edited.changed())
        ? edited.answer()
        : ClientSentences.changedMeanwhile(seen.id());
  }
}
