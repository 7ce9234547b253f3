package dev.latchkey.aws;

import dev.latchkey.client.KeySetSource;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.jwks.KeySetReader;
import dev.latchkey.portal.Portal;
import dev.latchkey.secret.SharedKey;
import dev.latchkey.secret.WrappedKeys;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.signing.SigningSchedules;
import dev.latchkey.signing.TokenSigner;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The AWS clients, and what this package makes of them. Making them calls nothing.
public final class AwsClients {
  private final DynamoDbClient dynamoDb;
  private final KmsClient kms;

  public AwsClients(DynamoDbClient dynamoDb, KmsClient kms) {
    this.dynamoDb = dynamoDb;
    this.kms = kms;
  }

  /// Clients for a region.
  ///
  /// @param emulator where LocalStack listens; empty on AWS, where the credentials are those of the
  ///   function's role
  public static AwsClients on(String region, Optional<URI> emulator) {
    return on(
        region, emulator, emulator, emulator.isPresent() ? Patience.EMULATOR : Patience.SERVICE);
  }

  /// As [#on(String, Optional)], for whoever has less than a second.
  public static AwsClients hurried(String region, Optional<URI> emulator) {
    return on(
        region, emulator, emulator, emulator.isPresent() ? Patience.EMULATOR : Patience.HURRIED);
  }

  /// As [#on(String, Optional)], for services that are reached at addresses of their own.
  static AwsClients on(
      String region, Optional<URI> dynamoDb, Optional<URI> kms, Patience patience) {
    return new AwsClients(
        configured(DynamoDbClient.builder(), region, dynamoDb, patience).build(),
        configured(KmsClient.builder(), region, kms, patience).build());
  }

  /// Clients that reach both services at one address, over connections of their own.
  static AwsClients at(URI address, SdkHttpClient connections) {
    var both = Optional.of(address);
    return new AwsClients(
        configured(DynamoDbClient.builder(), "eu-west-1", both, Patience.SERVICE)
            .httpClient(connections)
            .build(),
        configured(KmsClient.builder(), "eu-west-1", both, Patience.SERVICE)
            .httpClient(connections)
            .build());
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

  /// The keys that sign tokens.
  ///
  /// @param first the schedule until an operator changes it
  public SigningKeys signingKeys(
      SigningSchedules store, KeySchedule first, InstantSource clock, OperatorEvents events) {
    return KmsTokenSigner.keys(kms, store, first, clock, events);
  }

  /// The keys that sign tokens, where window keys sign access tokens.
  ///
  /// @param wrappingKeyArn the symmetric KMS key that wraps window keys
  /// @param registry the table that keeps them
  public SigningKeys windowSigningKeys(
      SigningSchedules store,
      KeySchedule first,
      String wrappingKeyArn,
      DynamoTable registry,
      InstantSource clock,
      OperatorEvents events) {
    var signer = KmsTokenSigner.kept(kms, store, first, clock, events);
    var windows =
        new WindowKeys(
            new DynamoWindowKeys(registry), new DataKeys(kms, wrappingKeyArn), signer, clock);
    return new SigningKeys(store, first, new WindowTokenSigner(signer, windows, events));
  }

  public TokenKeyRing tokenKeys(
      String wrappingKeyArn, WrappedTokenKeys store, InstantSource clock) {
    return new KmsTokenKeys(kms, wrappingKeyArn, store, clock);
  }

  public SharedKey sharedKey(
      String wrappingKeyArn, String use, WrappedKeys store, InstantSource clock) {
    return new KmsSharedKey(kms, wrappingKeyArn, use, store, clock);
  }

  /// Key sets of apps, read by the function that is made for it.
  ///
  /// @param function ARN of its alias; empty to have this process read them
  public static KeySetSource keySets(String region, String function) {
    if (function.isEmpty()) {
      return KeySetReader.onTheInternet();
    }
    return new LambdaKeySets(
        configured(LambdaClient.builder(), region, Optional.empty(), Patience.FUNCTION).build(),
        function);
  }

  /// The organisation's portal, asked by the function that is made for it.
  ///
  /// @param function ARN of its alias; empty where there is no portal
  public static Optional<Portal> portal(String region, String function) {
    return function.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LambdaPortal(
                configured(LambdaClient.builder(), region, Optional.empty(), Patience.PORTAL)
                    .build(),
                function));
  }

  /// Signs with one key alone, in a function that has no table.
  public static TokenSigner signer(String region, String keyArn, OperatorEvents events) {
    var kms = configured(KmsClient.builder(), region, Optional.empty(), Patience.SERVICE).build();
    var schedule = KeySchedule.parse("CURRENT=" + keyArn);
    return new KmsTokenSigner(kms, () -> schedule, events);
  }

  private static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
      B builder, String region, Optional<URI> emulator, Patience patience) {
    emulator.ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials(emulator))
        .httpClient(HttpConnections.CLIENT)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
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
