package dev.latchkey.aws;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.StoresContract;
import dev.latchkey.wiring.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/// The DynamoDB stores keep the contract on LocalStack, over HTTP and with the clients of
/// production.
@ExtendWith(LocalStack.class)
class LocalStackStoresTest extends StoresContract {
  private static Stores stores;

  @BeforeAll
  static void start() {
    stores = LocalWiring.onLocalStack(LocalWiring.ISSUER).wiring().stores();
  }

  @Override
  protected Stores stores() {
    return stores;
  }
}
