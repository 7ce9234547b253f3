package dev.latchkey.events;

import dev.latchkey.wiring.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;

/// The AWS calls of one function, each as the IAM action and the parameter of `infra/roles.yaml`
/// that names its target, such as `dynamodb:GetItem RegistryTableArn R#*`, with the kind of item
/// where a table holds several. A call of any other kind fails, so that a function cannot begin to
/// use one without its role being looked at.
final class RecordedCalls {
  private static final Pattern READ =
      Pattern.compile("^dynamodb:(GetItem|BatchGetItem|Query|Scan) ");

  private final Set<String> calls = new TreeSet<>();
  private final boolean losesItems;

  /// @param losesItems whether every item goes in the moment before it is changed under a condition
  RecordedCalls(boolean losesItems) {
    this.losesItems = losesItems;
  }

  /// What was called so far.
  Set<String> calls() {
    return new TreeSet<>(calls);
  }

  /// Whether an item may have been put, changed or deleted.
  boolean wroteToTables() {
    return !calls.stream().allMatch(call -> call.startsWith("kms:") || READ.matcher(call).find());
  }

  DynamoDbClient around(DynamoDbClient client, Settings.Tables tables) {
    return new RecordedDynamoDb(
        client,
        Map.of(
            tables.families(), "FamiliesTableArn",
            tables.ephemeral(), "EphemeralTableArn",
            tables.registry(), "RegistryTableArn"));
  }

  /// A KMS whose token key is the one that the events' refresh tokens were made with.
  ///
  /// @param tokenKey the plaintext under every wrapped key
  KmsClient around(KmsClient client, byte[] tokenKey) {
    return new RecordedKms(client, tokenKey);
  }

  private final class RecordedDynamoDb implements DynamoDbClient {
    private final DynamoDbClient client;
    private final Map<String, String> parameters;

    RecordedDynamoDb(DynamoDbClient client, Map<String, String> parameters) {
      this.client = client;
      this.parameters = parameters;
    }

    private void note(String action, String table, Map<String, AttributeValue> item) {
      note(action, table, item.getOrDefault("pk", AttributeValue.fromS("")).s());
    }

    private void note(String action, String table, String partition) {
      calls.add("dynamodb:" + action + " " + parameters.get(table) + " " + kind(partition));
    }

    /// As `dynamodb:LeadingKeys` of a policy has it: what is wrapped is told apart by its use,
    /// other items by the letter before their name.
    private static String kind(String partition) {
      var end = partition.indexOf('#');
      return end < 0 || partition.startsWith("W#") ? partition : partition.substring(0, end) + "#*";
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      note("GetItem", request.tableName(), request.key());
      return client.getItem(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      if (request.indexName() == null) {
        var partition = request.expressionAttributeValues().get(":pk");
        note("Query", request.tableName(), Map.of("pk", Objects.requireNonNull(partition)));
      } else {
        // An index is a resource of its own in a policy.
        calls.add(
            "dynamodb:Query ${%s}/index/%s"
                .formatted(parameters.get(request.tableName()), request.indexName()));
      }
      return client.query(request);
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
      // Without it IAM does not know which attributes are asked for.
      calls.add(
          "dynamodb:Scan %s %s"
              .formatted(parameters.get(request.tableName()), request.selectAsString()));
      return client.scan(request);
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      request
          .requestItems()
          .forEach(
              (table, wanted) -> wanted.keys().forEach(key -> note("BatchGetItem", table, key)));
      return client.batchGetItem(request);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      note("PutItem", request.tableName(), request.item());
      return client.putItem(request);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      note("UpdateItem", request.tableName(), request.key());
      if (losesItems && request.conditionExpression() != null) {
        var _ =
            client.deleteItem(delete -> delete.tableName(request.tableName()).key(request.key()));
      }
      return client.updateItem(request);
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      note("DeleteItem", request.tableName(), request.key());
      return client.deleteItem(request);
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {}
  }

  private final class RecordedKms implements KmsClient {
    private static final SdkBytes WRAPPED = SdkBytes.fromUtf8String("wrapped");
    private final KmsClient client;
    private final byte[] tokenKey;

    RecordedKms(KmsClient client, byte[] tokenKey) {
      this.client = client;
      this.tokenKey = tokenKey;
    }

    @Override
    public SignResponse sign(SignRequest request) {
      calls.add("kms:Sign SigningKeyArns");
      return client.sign(request);
    }

    @Override
    public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
      calls.add("kms:GetPublicKey SigningKeyArns");
      return client.getPublicKey(request);
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      calls.add("kms:GenerateDataKey TokenKeyArn " + use(request.encryptionContext()));
      return GenerateDataKeyResponse.builder()
          .keyId(request.keyId())
          .ciphertextBlob(WRAPPED)
          .plaintext(SdkBytes.fromByteArray(tokenKey))
          .build();
    }

    @Override
    public GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
        GenerateDataKeyPairWithoutPlaintextRequest request) {
      calls.add(
          "kms:GenerateDataKeyPairWithoutPlaintext TokenKeyArn "
              + use(request.encryptionContext()));
      return client.generateDataKeyPairWithoutPlaintext(request);
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      var use = use(request.encryptionContext());
      calls.add("kms:Decrypt TokenKeyArn " + use);
      if (use.equals("window")) {
        return client.decrypt(request);
      }
      return DecryptResponse.builder()
          .keyId(request.keyId())
          .plaintext(SdkBytes.fromByteArray(tokenKey))
          .build();
    }

    /// What the key is for: roles are held to it.
    private static String use(Map<String, String> context) {
      var isKnown =
          context.equals(Map.of("use", "client-secret"))
              || (context.getOrDefault("kid", "").matches("[0-9]{1,3}")
                  && context.equals(Map.of("use", "rt", "kid", context.get("kid"))))
              || (context.getOrDefault("day", "").matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                  && context.equals(Map.of("use", "window", "day", context.get("day"))));
      if (!isKnown) {
        throw InvalidCiphertextException.builder().message("Wrong encryption context").build();
      }
      return context.getOrDefault("use", "");
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {}
  }
}
