package dev.latchkey.contract;

import dev.latchkey.account.User;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.Client;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The whole object graph as on AWS, with tables of its own, every AWS call counted, and a clock
/// that the test moves.
///
/// ```java
/// var local = LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana());
/// var token = new TokenFunction(local.wiring());
/// ```
///
/// @param calls counts every call to DynamoDB and KMS; seeding counts too, so reset it before the
///   act
/// @param events what operators were told
/// @param aws the counted clients, for looking at the tables
/// @param settings the settings that the graph was made from
public record LocalWiring(
    Wiring wiring,
    MutableClock clock,
    CountedCalls calls,
    RecordedEvents events,
    AwsClients aws,
    Settings settings) {
  public static final String ISSUER = "https://latchkey.example";

  /// Over DynamoDB Local and keys in this process.
  public static LocalWiring start() {
    return start(ISSUER);
  }

  /// Over DynamoDB Local and keys in this process, for an issuer; the FHIR base is `/fhir` below
  /// it.
  public static LocalWiring start(String issuer) {
    return start(issuer, RegistrationPolicy.sandbox(RegistrationMode.OPEN));
  }

  /// As [#start(String)], where apps are registered by another policy than that of a sandbox.
  public static LocalWiring start(String issuer, RegistrationPolicy registration) {
    var dynamoDb = DynamoDbLocal.client();
    var settings =
        new Settings(
            new ServerIdentity(issuer, issuer + "/fhir"),
            KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
            InProcessKms.TOKEN_KEY,
            "",
            TableTemplates.create(dynamoDb),
            "eu-west-1",
            Optional.empty(),
            registration,
            false,
            Settings.SignIn.HERE,
            false);
    return over(settings, new AwsClients(dynamoDb, new InProcessKms()));
  }

  /// Over LocalStack's DynamoDB and KMS, for tests with `@ExtendWith(LocalStack.class)`.
  public static LocalWiring onLocalStack(String issuer) {
    return over(LocalStack.newSettings(issuer), LocalStack.clients());
  }

  /// Over given clients.
  public static LocalWiring over(Settings settings, AwsClients clients) {
    var calls = new CountedCalls();
    var counted =
        new AwsClients(
            calls.around(DynamoDbClient.class, clients.dynamoDb()),
            calls.around(KmsClient.class, clients.kms()));
    var clock = new MutableClock();
    var events = new RecordedEvents();
    // No test reads a key set from the network unless it says from where.
    var wiring =
        Wiring.from(settings, counted, events, clock, Entropy.secure())
            .withKeySets(_ -> new KeySetSource.Answer.Failed());
    return new LocalWiring(wiring, clock, calls, events, counted, settings);
  }

  /// Another instance of the same deployment, which has read nothing yet.
  public Wiring another() {
    return Wiring.from(settings, aws, _ -> {}, clock, Entropy.secure());
  }

  public LocalWiring seed(Client client) {
    wiring.stores().clients().put(TestClients.hashed(client, wiring.secretHashing()));
    return this;
  }

  public LocalWiring seed(User user) {
    wiring.stores().users().put(user);
    return this;
  }
}
