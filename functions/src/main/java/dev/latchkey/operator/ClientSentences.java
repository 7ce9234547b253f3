package dev.latchkey.operator;

import dev.latchkey.client.ClientId;

/// What is said about apps in more than one answer.
final class ClientSentences {
  private ClientSentences() {}

  static Answer unknown(ClientId client) {
    return new Answer.Refused("unknown_app", "There is no app %s.".formatted(client));
  }

  static Answer changedMeanwhile(ClientId client) {
    return new Answer.Refused(
        "changed_meanwhile",
        "The app %s was changed meanwhile, so nothing was done. Look at it and send the command again."
            .formatted(client));
  }
}
