package dev.latchkey.operator;

import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.http.Unavailable;
import dev.latchkey.operator.Command.ListTokenKeys;
import dev.latchkey.operator.Command.RemoveApp;
import dev.latchkey.operator.Command.RetireAllTokenKeys;
import dev.latchkey.operator.Command.RetireTokenKey;
import dev.latchkey.operator.Command.RevokeApp;
import dev.latchkey.operator.Command.RevokeFamily;
import dev.latchkey.operator.Command.RevokeUser;
import dev.latchkey.operator.Command.RotateTokenKey;
import java.time.InstantSource;
import java.util.Map;

/// Runs the commands of an operator. Who may send them is for the front door to decide.
public record Operator(
    TokenKeyList tokenKeys,
    TokenKeyRotation rotation,
    TokenKeyRetirement retirement,
    GrantRevocation revocation) {

  public static Operator over(
      TokenKeyRing ring,
      Families families,
      Cutoffs cutoffs,
      ClientRegistry clients,
      InstantSource clock) {
    return new Operator(
        new TokenKeyList(ring, clock),
        new TokenKeyRotation(ring, clock),
        new TokenKeyRetirement(ring, clock),
        new GrantRevocation(families, cutoffs, clients, clock));
  }

  /// Runs one command.
  ///
  /// @param request one JSON object
  public Report run(Map<String, Object> request) {
    Instruction instruction;
    try {
      instruction = CommandReader.read(request);
    } catch (IllegalArgumentException e) {
      return Report.unreadable(String.valueOf(e.getMessage()));
    }
    return new Report(instruction.name(), instruction.dryRun(), answer(instruction));
  }

  private Answer answer(Instruction instruction) {
    var dryRun = instruction.dryRun();
    try {
      return switch (instruction.command()) {
        case ListTokenKeys _ -> tokenKeys.list();
        case RotateTokenKey _ -> rotation.rotate(dryRun);
        case RetireTokenKey(int keyId) -> retirement.retire(keyId, dryRun);
        case RetireAllTokenKeys _ -> retirement.retireAll(dryRun);
        case RevokeFamily(var family) -> revocation.family(family, dryRun);
        case RevokeApp(var client) -> revocation.app(client, dryRun);
        case RemoveApp(var client) -> revocation.removal(client, dryRun);
        case RevokeUser(var subject) -> revocation.user(subject, dryRun);
      };
    } catch (Unavailable e) {
      return new Answer.Refused(
          "unavailable", e.getMessage() + ". The command may be half done. Send it again.");
    }
  }
}
