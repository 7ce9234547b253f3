package dev.latchkey.contract;

import static dev.latchkey.contract.CloudFormation.map;
import static dev.latchkey.contract.CloudFormation.maps;

import dev.latchkey.wiring.Settings;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// Creates the tables of `infra/tables.yaml` through the DynamoDB API, under names of their own.
///
/// Their time to live is left out. DynamoDB Local looks for items that are past it in every table
/// all the time, which takes most of a processor, and by its own clock, not by the one of the test.
public final class TableTemplates {
  private TableTemplates() {}

  /// Creates all three tables, empty. The names are new, so tests do not see each other's items.
  public static Settings.Tables create(DynamoDbClient client) {
    var template = CloudFormation.read("infra/tables.yaml");
    return new Settings.Tables(
        create(client, template, "FamiliesTable"),
        create(client, template, "EphemeralTable"),
        create(client, template, "RegistryTable"));
  }

  private static String create(DynamoDbClient client, CloudFormation template, String logicalId) {
    var name = logicalId + "-" + UUID.randomUUID();
    var properties = template.properties(logicalId);
    var indexes = maps(properties, "GlobalSecondaryIndexes");
    client.createTable(
        table -> {
          table
              .tableName(name)
              .billingMode(BillingMode.fromValue(text(properties, "BillingMode")))
              .attributeDefinitions(attributes(properties))
              .keySchema(keys(properties));
          if (!indexes.isEmpty()) {
            table.globalSecondaryIndexes(indexes.stream().map(TableTemplates::index).toList());
          }
        });
    client.waiter().waitUntilTableExists(wait -> wait.tableName(name));
    return name;
  }

  private static List<AttributeDefinition> attributes(Map<String, Object> properties) {
    return maps(properties, "AttributeDefinitions").stream()
        .map(
            attribute ->
                AttributeDefinition.builder()
                    .attributeName(text(attribute, "AttributeName"))
                    .attributeType(text(attribute, "AttributeType"))
                    .build())
        .toList();
  }

  private static List<KeySchemaElement> keys(Map<String, Object> properties) {
    return maps(properties, "KeySchema").stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(text(key, "AttributeName"))
                    .keyType(text(key, "KeyType"))
                    .build())
        .toList();
  }

  private static GlobalSecondaryIndex index(Map<String, Object> index) {
    return GlobalSecondaryIndex.builder()
        .indexName(text(index, "IndexName"))
        .keySchema(keys(index))
        .projection(
            projection ->
                projection.projectionType(text(map(index.get("Projection")), "ProjectionType")))
        .build();
  }

  private static String text(Map<String, Object> properties, String name) {
    if (properties.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("The template does not say " + name);
  }
}
