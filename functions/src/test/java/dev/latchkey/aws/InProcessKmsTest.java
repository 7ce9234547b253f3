package dev.latchkey.aws;

import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.KmsKeyPairContract;
import software.amazon.awssdk.services.kms.KmsClient;

/// The KMS that our own tests use keeps the contract too, so that they test something real.
class InProcessKmsTest extends KmsKeyPairContract {
  private static final KmsClient KMS = new InProcessKms();

  @Override
  protected KmsClient kms() {
    return KMS;
  }

  @Override
  protected String signingKeyArn() {
    return InProcessKms.SIGNING_KEY;
  }

  @Override
  protected String tokenKeyArn() {
    return InProcessKms.TOKEN_KEY;
  }

  @Override
  protected String otherTokenKeyArn() {
    return InProcessKms.OTHER_TOKEN_KEY;
  }
}
