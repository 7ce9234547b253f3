package dev.latchkey.endpoint;

import dev.latchkey.aws.ClientsOverHttp;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.fault.DynamoDbOverHttp;
import dev.latchkey.fault.KmsOverHttp;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Over DynamoDB Local and the KMS of the tests, both by HTTP, with the patience that the functions
/// have on AWS. Ten times as long with the profile `soak`.
class LossSoakTest extends LossSoakSuite {
  private static DynamoDbOverHttp dynamoDb;
  private static KmsOverHttp kms;
  private static Settings settings;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbOverHttp.start();
    kms = KmsOverHttp.start();
    var clients =
        ClientsOverHttp.patientFor(Duration.ofSeconds(30), dynamoDb.address(), kms.address());
    settings =
        new Settings(
            new ServerIdentity(LocalWiring.ISSUER, LocalWiring.ISSUER + "/fhir"),
            KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
            InProcessKms.TOKEN_KEY,
            TableTemplates.create(clients.dynamoDb()),
            "eu-west-1",
            Optional.empty());
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
    kms.close();
  }

  @Override
  Size size() {
    var cycles = Boolean.getBoolean("latchkey.soak") ? 20_000 : 2_000;
    return new Size(50, cycles, Duration.ofMillis(1_200));
  }

  @Override
  URI dynamoDb() {
    return dynamoDb.address();
  }

  @Override
  URI kms() {
    return kms.address();
  }

  @Override
  LocalWiring direct() {
    return LocalWiring.over(
        settings, ClientsOverHttp.patientFor(Duration.ofSeconds(30), dynamoDb(), kms()));
  }

  @Override
  LocalWiring at(URI lossyDynamoDb, URI lossyKms) {
    return LocalWiring.over(settings, ClientsOverHttp.patientAsOnAws(lossyDynamoDb, lossyKms));
  }
}
