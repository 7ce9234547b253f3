package dev.latchkey.operator;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.operator.Command.ListTokenKeys;
import dev.latchkey.operator.Command.RemoveApp;
import dev.latchkey.operator.Command.RetireAllTokenKeys;
import dev.latchkey.operator.Command.RetireTokenKey;
import dev.latchkey.operator.Command.RevokeApp;
import dev.latchkey.operator.Command.RevokeFamily;
import dev.latchkey.operator.Command.RevokeUser;
import dev.latchkey.operator.Command.RotateTokenKey;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads `{"command": "...", "dryRun": false, ...}`. Nothing is guessed: a member that a command
/// does not take is refused, since a misspelled `dryRun` must not change anything.
final class CommandReader {
  private static final Map<String, Function<Members, Command>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "list-token-keys", _ -> new ListTokenKeys(),
              "rotate-token-key", _ -> new RotateTokenKey(),
              "retire-token-key", members -> new RetireTokenKey(members.integer("keyId")),
              "retire-all-token-keys", _ -> new RetireAllTokenKeys(),
              "revoke-family", members -> new RevokeFamily(new FamilyId(members.text("family"))),
              "revoke-app", members -> new RevokeApp(new ClientId(members.text("client"))),
              "remove-app", members -> new RemoveApp(new ClientId(members.text("client"))),
              "revoke-user", members -> new RevokeUser(members.text("subject"))));

  private CommandReader() {}

  /// @throws IllegalArgumentException saying what to fix
  static Instruction read(Map<String, Object> request) {
    var members = new Members(request);
    var name = members.text("command");
    var command = COMMANDS.get(name);
    if (command == null) {
      throw new IllegalArgumentException(
          "There is no such command. Send one of: " + String.join(", ", COMMANDS.keySet()) + ".");
    }
    var dryRun = members.flag("dryRun");
    var instruction = new Instruction(name, command.apply(members), dryRun);
    members.refuseOthers();
    return instruction;
  }
}
