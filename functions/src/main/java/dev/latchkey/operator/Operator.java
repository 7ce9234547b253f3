package dev.latchkey.operator;

import dev.latchkey.client.SecretHashing;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.http.Unavailable;
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
import dev.latchkey.registration.InitialAccessTokenIssue;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.SigningKeys;
import java.time.InstantSource;
import java.util.Map;

/// Runs the commands of an operator. Who may send them is for the front door to decide.
public record Operator(
    TokenKeyList tokenKeys,
    TokenKeyRotation rotation,
    TokenKeyRetirement retirement,
    SigningKeyRotation signingKeys,
    WindowKeyDrop windowKeys,
    GrantRevocation revocation,
    ClientCreation creation,
    ClientList clients,
    ClientStanding standing,
    SecretRotation secrets,
    InitialTokens initialTokens) {

  public static Operator over(
      TokenKeyRing ring,
      SigningKeys signingKeys,
      OperatorStores stores,
      RegistrationPolicy policy,
      SecretHashing hashing,
      InstantSource clock,
      Entropy entropy) {
    var revocation =
        new GrantRevocation(stores.families(), stores.cutoffs(), stores.clients(), clock);
    var edit = new ClientEdit(stores.clients());
    return new Operator(
        new TokenKeyList(ring, clock),
        new TokenKeyRotation(ring, clock),
        new TokenKeyRetirement(ring, clock),
        new SigningKeyRotation(signingKeys, clock),
        new WindowKeyDrop(stores.windowKeys(), clock),
        revocation,
        new ClientCreation(policy, stores.clients(), hashing, entropy, clock),
        new ClientList(stores.clients(), clock),
        new ClientStanding(edit, revocation),
        new SecretRotation(edit, hashing, entropy, clock),
        new InitialTokens(
            new InitialAccessTokenIssue(stores.initialAccessTokens(), entropy), clock));
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
        case PlanSigningKeys _ -> signingKeys.plan();
        case AddSigningKey(var key) -> signingKeys.add(key, dryRun);
        case ApplySigningKeys _ -> signingKeys.apply(dryRun);
        case DropSigningKey(var key) -> signingKeys.drop(key, dryRun);
        case DropWindowKeys(var kid) -> windowKeys.drop(kid, dryRun);
        case RevokeFamily(var family) -> revocation.family(family, dryRun);
        case RevokeApp(var client) -> revocation.app(client, dryRun);
        case RemoveApp(var client) -> revocation.removal(client, dryRun);
        case RevokeUser(var subject) -> revocation.user(subject, dryRun);
        case CreateClient wanted -> creation.create(wanted, dryRun);
        case ListClients(var after, int limit) -> clients.list(after, limit);
        case ShowClient(var client) -> clients.show(client);
        case DisableClient(var client, boolean revoke) -> standing.disable(client, revoke, dryRun);
        case EnableClient(var client) -> standing.enable(client, dryRun);
        case VerifyClient(var client, var level) -> standing.verify(client, level, dryRun);
        case RotateClientSecret(var client, int hours) -> secrets.rotate(client, hours, dryRun);
        case IssueInitialAccessToken wanted -> initialTokens.issue(wanted, dryRun);
        case ListInitialAccessTokens _ -> initialTokens.list();
        case RevokeInitialAccessToken(var token) -> initialTokens.revoke(token, dryRun);
      };
    } catch (Unavailable e) {
      return new Answer.Refused(
          "unavailable", e.getMessage() + ". The command may be half done. Send it again.");
    }
  }
}
