package dev.latchkey.contract;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.Client;
import dev.latchkey.interaction.User;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The whole object graph as on AWS, over DynamoDB Local and keys in this process, with tables of
/// its own, every AWS call counted, and a clock that the test moves.
///
/// ```java
/// var local = LocalWiring.start();
/// local.seed(TestClients.nativeApp()).seed(TestUsers.ana());
/// var token = new TokenFunction(local.wiring());
/// ```
///
/// @param calls counts every call to DynamoDB and KMS; seeding counts too, so reset it before the
///   act
/// @param dynamoDb the counted client, for looking at the tables
/// @param settings the settings that the graph was made from
public record LocalWiring(
    Wiring wiring,
    MutableClock clock,
    CountedCalls calls,
    DynamoDbClient dynamoDb,
    KmsClient kms,
    Settings settings) {
  public static final String ISSUER = "https://latchkey.example";

  /// A new one, with empty tables and new keys.
  public static LocalWiring start() {
    return start(ISSUER);
  }

  /// A new one for an issuer; the FHIR base is `/fhir` below it.
  public static LocalWiring start(String issuer) {
    var calls = new CountedCalls();
    var dynamoDb = calls.around(DynamoDbClient.class, DynamoDbLocal.client());
    var kms = calls.around(KmsClient.class, new InProcessKms());
    var clock = new MutableClock();
    var settings =
        new Settings(
            new ServerIdentity(issuer, issuer + "/fhir"),
            KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
            InProcessKms.TOKEN_KEY,
            TableTemplates.create(DynamoDbLocal.client()),
            "eu-west-1",
            Optional.empty());
    var wiring = Wiring.from(settings, new AwsClients(dynamoDb, kms), clock, Entropy.secure());
    return new LocalWiring(wiring, clock, calls, dynamoDb, kms, settings);
  }

  public LocalWiring seed(Client client) {
    wiring.stores().clients().put(client);
    return this;
  }

  public LocalWiring seed(User user) {
    wiring.stores().users().put(user);
    return this;
  }
}
