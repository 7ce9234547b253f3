package dev.latchkey.operator;

import static java.util.Map.entry;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.family.FamilyId;
import dev.latchkey.operator.Command.AddSigningKey;
import dev.latchkey.operator.Command.ApplySigningKeys;
import dev.latchkey.operator.Command.CreateClient;
import dev.latchkey.operator.Command.DisableClient;
import dev.latchkey.operator.Command.DropSigningKey;
import dev.latchkey.operator.Command.DropWindowKeys;
import dev.latchkey.operator.Command.EnableClient;
import dev.latchkey.operator.Command.IssueInitialAccessToken;
import dev.latchkey.operator.Command.ListClients;
import dev.latchkey.operator.Command.ListInitialAccessTokens;
import dev.latchkey.operator.Command.ListTokenKeys;
import dev.latchkey.operator.Command.PlanSigningKeys;
import dev.latchkey.operator.Command.RemoveApp;
import dev.latchkey.operator.Command.RetireAllTokenKeys;
import dev.latchkey.operator.Command.RetireTokenKey;
import dev.latchkey.operator.Command.RevokeApp;
import dev.latchkey.operator.Command.RevokeFamily;
import dev.latchkey.operator.Command.RevokeInitialAccessToken;
import dev.latchkey.operator.Command.RevokeUser;
import dev.latchkey.operator.Command.RotateClientSecret;
import dev.latchkey.operator.Command.RotateTokenKey;
import dev.latchkey.operator.Command.ShowClient;
import dev.latchkey.operator.Command.VerifyClient;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.registration.Allowance;
import dev.latchkey.secret.SecretHash;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads `{"command": "...", "dryRun": false, ...}`. Nothing is guessed: a member that a command
/// does not take is refused, since a misspelled `dryRun` must not change anything.
final class CommandReader {
  private static final int USUAL_HOURS = 24;

  private static final Map<String, Function<Members, Command>> COMMANDS =
      new TreeMap<>(
          Map.ofEntries(
              entry("list-token-keys", _ -> new ListTokenKeys()),
              entry("rotate-token-key", _ -> new RotateTokenKey()),
              entry("retire-token-key", sent -> new RetireTokenKey(sent.integer("keyId"))),
              entry("retire-all-token-keys", _ -> new RetireAllTokenKeys()),
              entry("plan-signing-keys", _ -> new PlanSigningKeys()),
              entry("add-signing-key", sent -> new AddSigningKey(sent.text("key"))),
              entry("apply-signing-keys", _ -> new ApplySigningKeys()),
              entry("drop-signing-key", sent -> new DropSigningKey(sent.text("key"))),
              entry("drop-window-keys", sent -> new DropWindowKeys(sent.optionalText("kid"))),
              entry("revoke-family", sent -> new RevokeFamily(new FamilyId(sent.text("family")))),
              entry("revoke-app", sent -> new RevokeApp(client(sent))),
              entry("remove-app", sent -> new RemoveApp(client(sent))),
              entry("revoke-user", sent -> new RevokeUser(sent.text("subject"))),
              entry("create-client", CommandReader::createClient),
              entry("list-clients", CommandReader::listClients),
              entry("show-client", sent -> new ShowClient(client(sent))),
              entry("disable-client", sent -> new DisableClient(client(sent), sent.flag("revoke"))),
              entry("enable-client", sent -> new EnableClient(client(sent))),
              entry("verify-client", CommandReader::verifyClient),
              entry("rotate-client-secret", CommandReader::rotateClientSecret),
              entry("issue-initial-access-token", CommandReader::issueToken),
              entry("list-initial-access-tokens", _ -> new ListInitialAccessTokens()),
              entry(
                  "revoke-initial-access-token",
                  sent -> new RevokeInitialAccessToken(new SecretHash(sent.text("token"))))));

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

  private static ClientId client(Members sent) {
    return new ClientId(sent.text("client"));
  }

  private static Command createClient(Members sent) {
    return new CreateClient(
        sent.object("metadata"),
        sent.oneOf("identity", IdentityLevel.VERIFIED),
        new RefreshOverrides(
            sent.oneOf("rotation", TokenRotation.EVERY_USE),
            sent.oneOf("onReuse", ReuseResponse.REVOKE)),
        sent.flag("introspectsAll"),
        sent.flag("issuerAudienceOnly"));
  }

  private static Command listClients(Members sent) {
    return new ListClients(
        sent.optionalText("after").map(ClientId::new), sent.integer("limit", ListClients.USUAL));
  }

  private static Command verifyClient(Members sent) {
    return new VerifyClient(client(sent), sent.oneOf("identity", IdentityLevel.VERIFIED));
  }

  private static Command rotateClientSecret(Members sent) {
    return new RotateClientSecret(
        client(sent), sent.integer("overlapHours", RotateClientSecret.USUAL_OVERLAP));
  }

  private static Command issueToken(Members sent) {
    return new IssueInitialAccessToken(
        sent.text("label"),
        new Allowance(
            sent.oneOf("identity", IdentityLevel.REGISTERED),
            sent.scopes("scope"),
            sent.flag("backendServices")),
        sent.integer("uses", 1),
        sent.integer("hours", USUAL_HOURS));
  }
}
