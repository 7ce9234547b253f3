package dev.latchkey.endpoint;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.fault.ServicesOverHttp;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Over DynamoDB Local and the KMS of the tests, both by HTTP, with the patience that the functions
/// have on AWS. Ten times as long with the profile `soak`.
class LossSoakTest extends LossSoakSuite {
  private static ServicesOverHttp services;

  @BeforeAll
  static void start() throws Exception {
    services = ServicesOverHttp.start();
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @Override
  Size size() {
    var cycles = Boolean.getBoolean("latchkey.soak") ? 20_000 : 2_000;
    return new Size(50, cycles, Duration.ofMillis(1_200));
  }

  @Override
  URI dynamoDb() {
    return services.dynamoDb().address();
  }

  @Override
  URI kms() {
    return services.kms().address();
  }

  @Override
  LocalWiring direct() {
    return services.direct();
  }

  @Override
  LocalWiring at(URI lossyDynamoDb, URI lossyKms) {
    return services.at(lossyDynamoDb, lossyKms);
  }
}
