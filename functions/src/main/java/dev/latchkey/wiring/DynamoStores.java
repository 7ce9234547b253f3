package dev.latchkey.wiring;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.aws.DynamoClientRegistry;
import dev.latchkey.aws.DynamoCodes;
import dev.latchkey.aws.DynamoCutoffs;
import dev.latchkey.aws.DynamoFamilies;
import dev.latchkey.aws.DynamoInitialAccessTokens;
import dev.latchkey.aws.DynamoLaunches;
import dev.latchkey.aws.DynamoPushedRequests;
import dev.latchkey.aws.DynamoRequestCounts;
import dev.latchkey.aws.DynamoSessions;
import dev.latchkey.aws.DynamoSignInHandles;
import dev.latchkey.aws.DynamoSignInThrottle;
import dev.latchkey.aws.DynamoSigningSchedules;
import dev.latchkey.aws.DynamoTransactions;
import dev.latchkey.aws.DynamoUsedIdentifiers;
import dev.latchkey.aws.DynamoUserDirectory;
import dev.latchkey.aws.DynamoWindowKeys;
import dev.latchkey.aws.DynamoWrappedKeys;
import dev.latchkey.aws.DynamoWrappedTokenKeys;
import dev.latchkey.secret.Entropy;

/// Every store port on DynamoDB.
public final class DynamoStores {
  private DynamoStores() {}

  public static Stores on(AwsClients aws, Settings.Tables tables, Entropy entropy) {
    var families = aws.table(tables.families());
    var ephemeral = aws.table(tables.ephemeral());
    var registry = aws.table(tables.registry());
    return new Stores(
        new DynamoClientRegistry(registry),
        new DynamoUserDirectory(registry),
        new DynamoSignInThrottle(ephemeral, entropy),
        new DynamoSessions(ephemeral),
        new DynamoTransactions(ephemeral, entropy),
        new DynamoPushedRequests(ephemeral),
        new DynamoLaunches(ephemeral),
        new DynamoCodes(ephemeral),
        new DynamoFamilies(families),
        new DynamoCutoffs(families),
        new DynamoWrappedTokenKeys(registry),
        new DynamoUsedIdentifiers(ephemeral),
        new DynamoInitialAccessTokens(ephemeral, registry),
        new DynamoRequestCounts(ephemeral),
        new DynamoWrappedKeys(registry),
        new DynamoSigningSchedules(registry),
        new DynamoWindowKeys(registry),
        new DynamoSignInHandles(ephemeral));
  }
}
