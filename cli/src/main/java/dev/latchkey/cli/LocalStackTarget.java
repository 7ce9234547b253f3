package dev.latchkey.cli;

import dev.latchkey.operator.Operator;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/// The operator's commands in this process, over the tables and keys that a sandbox made in
/// LocalStack, which runs no functions here.
record LocalStackTarget(Operator operator) implements Target {
  private static final String REGION = "eu-west-1";

  /// No command says or needs who the issuer is.
  private static final String ANY_ISSUER = "http://localhost:8080";

  /// Over the stacks `latchkey-tables` and `latchkey-keys`.
  static LocalStackTarget at(URI endpoint) {
    try (var cloudFormation = cloudFormation(endpoint)) {
      var tables = outputs(cloudFormation, "latchkey-tables");
      var keys = outputs(cloudFormation, "latchkey-keys");
      return of(
          Settings.from(
              Map.of(
                  "LATCHKEY_ISSUER", ANY_ISSUER,
                  "LATCHKEY_SIGNING_KEYS", "CURRENT=" + output(keys, "SigningKeyArn"),
                  "LATCHKEY_TOKEN_KEY", output(keys, "TokenKeyArn"),
                  "LATCHKEY_FAMILIES_TABLE", output(tables, "FamiliesTableName"),
                  "LATCHKEY_EPHEMERAL_TABLE", output(tables, "EphemeralTableName"),
                  "LATCHKEY_REGISTRY_TABLE", output(tables, "RegistryTableName"),
                  "AWS_REGION", REGION,
                  "LATCHKEY_AWS_ENDPOINT", endpoint.toString())));
    } catch (SdkException e) {
      throw new Unreachable(
          "LocalStack at %s has no stack of Latchkey. Start infra/localstack/up, then the sandbox once with the profile localstack. (%s)"
              .formatted(endpoint, e.getMessage()),
          e);
    }
  }

  static LocalStackTarget of(Settings settings) {
    return new LocalStackTarget(Wiring.from(settings, _ -> {}).operator());
  }

  @Override
  public Map<String, Object> send(Map<String, Object> command) {
    return operator.run(command).members();
  }

  /// LocalStack takes any credentials.
  private static CloudFormationClient cloudFormation(URI endpoint) {
    return CloudFormationClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static String output(Map<String, String> outputs, String name) {
    var value = outputs.get(name);
    if (value == null) {
      throw new Unreachable(
          "The stacks in LocalStack are of another version: %s is missing.".formatted(name));
    }
    return value;
  }

  private static Map<String, String> outputs(CloudFormationClient cloudFormation, String stack) {
    return cloudFormation
        .describeStacks(describe -> describe.stackName(stack))
        .stacks()
        .getFirst()
        .outputs()
        .stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }
}
