package dev.latchkey.endpoint;

import static java.util.Collections.nCopies;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.CountedCalls;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MeteredDynamoDb;
import dev.latchkey.contract.MeteredDynamoDb.Call;
import dev.latchkey.contract.ReviewedFile;
import dev.latchkey.contract.WindowKeysOn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

/// What each operation calls on AWS is a line of `docs/calls.csv`, so that one more call shows up
/// in a review. After a change: `./mvnw test -pl functions -Dtest=CallsTest -Dlatchkey.write=true`,
/// which writes it and fails.
class CallsTest {
  private static final ReviewedFile TABLE = new ReviewedFile(Path.of("../docs/calls.csv"));
  private static final String HEAD =
      "operation,function,DynamoDB,read units,write units,KMS,first request of an instance";
  private static final Set<String> WITH_WINDOW_KEYS =
      Set.of("code exchange, public app", "refresh, public app");
  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query");

  private final LocalWiring unmetered = LocalWiring.start();
  private final MeteredDynamoDb dynamoDb = new MeteredDynamoDb(unmetered.aws().dynamoDb());
  private final CountedCalls counted = new CountedCalls();
  private final AwsClients clients =
      new AwsClients(dynamoDb, counted.around(KmsClient.class, new InProcessKms()));

  /// What was called, in order.
  private record Calls(List<Call> dynamoDb, List<String> kms) {
    List<String> all() {
      return Stream.concat(dynamoDb.stream().map(Calls::text), kms.stream()).toList();
    }

    double reads() {
      return dynamoDb.stream()
          .filter(call -> READS.contains(call.operation()))
          .mapToDouble(Calls::readUnits)
          .sum();
    }

    double writes() {
      return dynamoDb.stream()
          .filter(call -> !READS.contains(call.operation()))
          .mapToDouble(Call::units)
          .sum();
    }

    /// DynamoDB Local counts nothing for an item that is not there; DynamoDB counts a read of the
    /// least size.
    private static double readUnits(Call call) {
      return call.operation().equals("Query") ? call.units() : Math.max(call.units(), call.keys());
    }

    private static String text(Call call) {
      var table = call.table().substring(0, call.table().indexOf("Table")).toLowerCase(Locale.ROOT);
      return call.operation() + " " + table;
    }
  }

  @Test
  void eachOperationCallsWhatTheTableSays() throws IOException {
    var instance = instance();
    var lines = new ArrayList<String>();
    try (var portal = PortalOperations.over(instance)) {
      for (var operation : operations(instance, portal)) {
        var _ = callsOf(operation, instance);
        var later = callsOf(operation, instance);
        lines.add(line(operation.name(), operation, later, callsOf(operation, instance())));
      }
    }
    lines.addAll(withWindowKeys());
    var table = HEAD + "\n" + String.join("\n", lines) + "\n";
    TABLE.shouldBe(table);
  }

  /// The two that ask KMS most, on a day of which there is a window key.
  private List<String> withWindowKeys() {
    var settings = WindowKeysOn.with(unmetered.settings(), true);
    var instance = LocalWiring.over(settings, clients);
    var lines = new ArrayList<String>();
    for (var operation : AppOperations.over(instance).all()) {
      if (WITH_WINDOW_KEYS.contains(operation.name())) {
        var _ = callsOf(operation, instance);
        instance.clock().advance(Duration.ofDays(2));
        var _ = callsOf(operation, instance);
        var later = callsOf(operation, instance);
        var fresh = LocalWiring.over(settings, clients);
        fresh.clock().set(instance.clock().instant());
        var first = callsOf(operation, fresh);
        lines.add(line(operation.name() + ", window keys", operation, later, first));
      }
    }
    return lines;
  }

  private static List<Operation> operations(LocalWiring local, PortalOperations portal) {
    return Stream.of(
            PageOperations.over(local).all(),
            SignInOperations.over(local).all(),
            portal.all(),
            AppOperations.over(local).all())
        .flatMap(List::stream)
        .toList();
  }

  /// A deployment with the tables and keys of all others here that has not read anything yet.
  private LocalWiring instance() {
    return LocalWiring.over(unmetered.settings(), clients);
  }

  private Calls callsOf(Operation operation, LocalWiring instance) {
    var request = operation.prepared().apply(instance);
    counted.reset();
    var cost = dynamoDb.of(request);
    var kms = new ArrayList<String>();
    counted.counts().forEach((name, times) -> kms.addAll(nCopies(times, action(name))));
    return new Calls(cost.made(), kms);
  }

  private static String action(String method) {
    return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
  }

  private static String line(String name, Operation operation, Calls later, Calls first) {
    return Stream.of(
            name,
            operation.function(),
            joined(later.dynamoDb().stream().map(Calls::text).toList()),
            Double.toString(later.reads()),
            Double.toString(later.writes()),
            joined(later.kms()),
            joined(more(first.all(), later.all())))
        .map(CallsTest::quoted)
        .collect(Collectors.joining(","));
  }

  private static List<String> more(List<String> first, List<String> later) {
    var more = new ArrayList<>(first);
    later.forEach(more::remove);
    return more;
  }

  private static String joined(List<String> calls) {
    return String.join("; ", calls);
  }

  private static String quoted(String value) {
    return value.contains(",") ? '"' + value + '"' : value;
  }
}
