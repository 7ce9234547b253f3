package dev.latchkey.aws;

import dev.latchkey.contract.KmsKeyPairContract;
import dev.latchkey.contract.LocalStack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;

/// LocalStack's KMS keeps the contract, with keys as `infra/keys.yaml` describes them.
@ExtendWith(LocalStack.class)
class LocalStackKmsTest extends KmsKeyPairContract {
  private static KmsClient kms;
  private static String signingKey;
  private static String tokenKey;
  private static String otherTokenKey;

  @BeforeAll
  static void start() {
    kms = LocalStack.clients().kms();
    signingKey = LocalStack.newKey(kms, "SigningKey");
    tokenKey = LocalStack.newKey(kms, "TokenKey");
    otherTokenKey = LocalStack.newKey(kms, "TokenKey");
  }

  @Override
  protected KmsClient kms() {
    return kms;
  }

  @Override
  protected String signingKeyArn() {
    return signingKey;
  }

  @Override
  protected String tokenKeyArn() {
    return tokenKey;
  }

  @Override
  protected String otherTokenKeyArn() {
    return otherTokenKey;
  }
}
