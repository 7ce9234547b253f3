package dev.latchkey.contract;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.kms.KmsClient;

/// LocalStack, where it runs (`infra/localstack/up`). Elsewhere a test class with
/// `@ExtendWith(LocalStack.class)` is reported as skipped, by name and with the reason.
public final class LocalStack implements ExecutionCondition {
  private static final URI ENDPOINT =
      URI.create(
          "http://127.0.0.1:" + System.getenv().getOrDefault("LATCHKEY_LOCALSTACK_PORT", "4566"));
  private static final String REGION = "eu-west-1";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return isRunning()
        ? ConditionEvaluationResult.enabled("LocalStack answers at " + ENDPOINT)
        : ConditionEvaluationResult.disabled("LocalStack does not answer at " + ENDPOINT);
  }

  /// Where it listens.
  public static URI endpoint() {
    return ENDPOINT;
  }

  /// Clients as the functions make them.
  public static AwsClients clients() {
    return AwsClients.on(REGION, Optional.of(ENDPOINT));
  }

  /// Settings that name new tables and new keys, made as `infra/tables.yaml` and `infra/keys.yaml`
  /// say.
  public static Settings newSettings(String issuer) {
    var clients = clients();
    return new Settings(
        new ServerIdentity(issuer, issuer + "/fhir"),
        KeySchedule.parse("CURRENT=" + newKey(clients.kms(), "SigningKey")),
        newKey(clients.kms(), "TokenKey"),
        "",
        TableTemplates.create(clients.dynamoDb()),
        REGION,
        Optional.of(ENDPOINT),
        RegistrationPolicy.sandbox(RegistrationMode.OPEN),
        false,
        Settings.SignIn.HERE,
        false);
  }

  /// The ARN of a new key of the kind that `infra/keys.yaml` describes under that logical id.
  public static String newKey(KmsClient kms, String logicalId) {
    var properties = CloudFormation.read("infra/keys.yaml").properties(logicalId);
    return kms.createKey(
            create ->
                create
                    .keySpec(String.valueOf(properties.get("KeySpec")))
                    .keyUsage(String.valueOf(properties.get("KeyUsage"))))
        .keyMetadata()
        .arn();
  }

  private static boolean isRunning() {
    var health =
        HttpRequest.newBuilder(ENDPOINT.resolve("/_localstack/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
