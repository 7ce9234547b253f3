package dev.latchkey.aws;

import dev.latchkey.event.OperatorEvents;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.TokenSigner;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The AWS clients, and what this package makes of them. Making them calls nothing.
public final class AwsClients {
  /// A call that takes this long has lost its connection: DynamoDB answers in milliseconds, and
  /// every write here can be sent again. The SDK's own retries stay as they are, within the total.
  private static final Patience SERVICE =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(3));

  /// An emulator shares its machine with a build and starts its parts on first use.
  private static final Patience EMULATOR =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60));

  private final DynamoDbClient dynamoDb;
  private final KmsClient kms;

  public AwsClients(DynamoDbClient dynamoDb, KmsClient kms) {
    this.dynamoDb = dynamoDb;
    this.kms = kms;
  }

  private record Patience(Duration attempt, Duration call) {}

  /// Clients for a region.
  ///
  /// @param emulator where LocalStack listens; empty on AWS, where the credentials are those of the
  ///   function's role
  public static AwsClients on(String region, Optional<URI> emulator) {
    return new AwsClients(
        configured(DynamoDbClient.builder(), region, emulator).build(),
        configured(KmsClient.builder(), region, emulator).build());
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  public KmsClient kms() {
    return kms;
  }

  public DynamoTable table(String name) {
    return new DynamoTable(dynamoDb, name);
  }

  public TokenSigner signer(KeySchedule schedule, OperatorEvents events) {
    return new KmsTokenSigner(kms, schedule, events);
  }

  public TokenKeyRing tokenKeys(
      String wrappingKeyArn, WrappedTokenKeys store, InstantSource clock) {
    return new KmsTokenKeys(kms, wrappingKeyArn, store, clock);
  }

  private static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
      B builder, String region, Optional<URI> emulator) {
    var patience = emulator.isPresent() ? EMULATOR : SERVICE;
    emulator.ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials(emulator))
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(patience.attempt())
                .apiCallTimeout(patience.call())
                .build());
  }

  /// LocalStack takes any credentials and reads the account from the access key id.
  private static AwsCredentialsProvider credentials(Optional<URI> emulator) {
    return emulator.isPresent()
        ? StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))
        : DefaultCredentialsProvider.builder().build();
  }
}
