package dev.latchkey.aws;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.StoresContract;
import dev.latchkey.wiring.Stores;
import org.junit.jupiter.api.BeforeAll;

/// The DynamoDB stores keep the contract on DynamoDB Local.
class DynamoDbLocalStoresTest extends StoresContract {
  private static Stores stores;

  @BeforeAll
  static void start() {
    stores = LocalWiring.start().wiring().stores();
  }

  @Override
  protected Stores stores() {
    return stores;
  }
}
