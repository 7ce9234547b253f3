package dev.latchkey.endpoint;

import dev.latchkey.aws.ClientsOverHttp;
import dev.latchkey.contract.LocalStack;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.wiring.Settings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/// Over LocalStack's DynamoDB and KMS, which sign more slowly.
@ExtendWith(LocalStack.class)
class LocalStackLossSoakTest extends LossSoakSuite {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static Settings settings;

  @BeforeAll
  static void start() {
    settings = LocalStack.newSettings(LocalWiring.ISSUER);
  }

  @Override
  Size size() {
    return new Size(16, 320, PATIENCE.plusMillis(200));
  }

  @Override
  URI dynamoDb() {
    return LocalStack.endpoint();
  }

  @Override
  URI kms() {
    return LocalStack.endpoint();
  }

  @Override
  LocalWiring direct() {
    return LocalWiring.over(settings, LocalStack.clients());
  }

  @Override
  LocalWiring at(URI lossyDynamoDb, URI lossyKms) {
    return LocalWiring.over(
        settings, ClientsOverHttp.patientFor(PATIENCE, lossyDynamoDb, lossyKms));
  }
}
