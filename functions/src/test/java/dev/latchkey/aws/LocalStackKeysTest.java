package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalStack;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TokenSignerContract;
import dev.latchkey.signing.TokenSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Keys of LocalStack's KMS sign tokens and wrap the token key, with the clients of production.
@ExtendWith(LocalStack.class)
class LocalStackKeysTest extends TokenSignerContract {
  private static LocalWiring local;

  @BeforeAll
  static void start() {
    local = LocalWiring.onLocalStack(LocalWiring.ISSUER);
  }

  @Override
  protected TokenSigner signer() {
    return local.wiring().signer();
  }

  @Test
  void givesEveryInstanceTheSameTokenKey() {
    var made = local.wiring().tokenKeys().current();

    var another =
        local
            .aws()
            .tokenKeys(
                local.settings().tokenKeyArn(), local.wiring().stores().tokenKeys(), local.clock());
    assertThat(another.current().tagKey()).isEqualTo(made.tagKey());
    assertThat(another.current().nextKey()).isEqualTo(made.nextKey());
  }
}
