package dev.latchkey.endpoint;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.wiring.Wiring;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Copies of the three tables in DynamoDB are worth nothing.
class DynamoTableDumpTest extends TableDumpContract {
  private final LocalWiring local = LocalWiring.start();

  @Override
  protected Wiring wiring() {
    return local.wiring();
  }

  @Override
  protected Collection<?> everythingStored() {
    var tables = local.settings().tables();
    return Stream.of(tables.families(), tables.ephemeral(), tables.registry())
        .flatMap(this::values)
        .toList();
  }

  private Stream<?> values(String table) {
    return local.aws().dynamoDb().scanPaginator(scan -> scan.tableName(table)).items().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .flatMap(DynamoTableDumpTest::values);
  }

  private static Stream<?> values(AttributeValue value) {
    return switch (value.type()) {
      case S -> Stream.of(value.s());
      case N -> Stream.of(value.n());
      case B -> Stream.of(value.b().asByteArray());
      case L -> value.l().stream().flatMap(DynamoTableDumpTest::values);
      case M -> value.m().values().stream().flatMap(DynamoTableDumpTest::values);
      case SS, NS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new AssertionError("No item holds a " + value.type() + " so far");
    };
  }
}
