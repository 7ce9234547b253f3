package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.fault.Fault;
import dev.latchkey.fault.FaultPlan;
import dev.latchkey.fault.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many apps refresh for a long time while a tenth of all calls to DynamoDB and KMS, and a tenth of
/// all answers to the apps, get lost or worse. No app loses its access, no family forks, and
/// nothing but the declared 503 shows.
abstract class LossSoakSuite {
  private static final double LOSS = 0.10;

  /// Apps at work at once. With more of them two cores are so busy that calls time out without any
  /// loss, and the test is about the machine.
  private static final int AT_ONCE = 16;

  /// @param cycles refreshes of all families together
  /// @param delay how late a delayed answer is: more than an attempt's patience
  record Size(int families, int cycles, Duration delay) {}

  abstract Size size();

  abstract URI dynamoDb();

  abstract URI kms();

  /// Over the services themselves, for setting up and for looking.
  abstract LocalWiring direct();

  /// Over the same tables and keys, at other addresses.
  abstract LocalWiring at(URI dynamoDb, URI kms);

  @Test
  void noHonestAppIsLoggedOutAndNoFamilyForks() throws Exception {
    var started = System.nanoTime();
    var direct = direct().seed(TestClients.nativeApp()).seed(TestClients.webApp());
    var apps = connect(direct);
    try (var lossyDynamoDb =
            FaultProxy.before(dynamoDb(), FaultPlan.seeded(1, LOSS), size().delay());
        var lossyKms = FaultProxy.before(kms(), FaultPlan.seeded(2, LOSS), size().delay())) {
      var lossy = at(lossyDynamoDb.address(), lossyKms.address());
      refreshAll(apps, lossy, direct);

      apps.forEach(app -> app.checkFamily(direct.wiring().stores().families()));
      var faults = together(lossyDynamoDb.counts(), lossyKms.counts());
      assertThat(faults).containsOnlyKeys(Fault.values());
      var helped = apps.stream().mapToInt(LossyApp::helped).sum();
      assertThat(helped)
          .as("the line is not so bad that most goes around it")
          .isLessThan(size().cycles() / 20);
      System.out.printf(
          "%s: %,d refreshes of %d families, 10 %% loss, faults %s, %,d times 503, %,d answers"
              + " lost, %,d without loss after bad luck in a row, 0 logouts, 0 forks, %.0f s%n",
          getClass().getSimpleName(),
          apps.stream().mapToInt(LossyApp::refreshes).sum(),
          apps.size(),
          faults,
          apps.stream().mapToInt(LossyApp::busy).sum(),
          apps.stream().mapToInt(LossyApp::lost).sum(),
          helped,
          (System.nanoTime() - started) / 1e9);
    }
  }

  private List<LossyApp> connect(LocalWiring direct) {
    var function = new TokenFunction(direct.wiring());
    var grants = new Grants(direct);
    return IntStream.range(0, size().families())
        .mapToObj(
            number ->
                number % 2 == 0
                    ? LossyApp.publicApp(number, LOSS, grants.connect(function))
                    : LossyApp.confidentialApp(number, LOSS, grants.connectWeb(function)))
        .toList();
  }

  private void refreshAll(List<LossyApp> apps, LocalWiring lossy, LocalWiring direct)
      throws Exception {
    var function = new TokenFunction(lossy.wiring());
    var safe = new TokenFunction(direct.wiring());
    var grants = new Grants(lossy);
    var each = size().cycles() / apps.size();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var running = new ArrayList<Future<?>>();
      for (var app : apps) {
        running.add(threads.submit(() -> app.refresh(each, grants, function, safe)));
      }
      for (var one : running) {
        one.get();
      }
    }
  }

  private static Map<Fault, Integer> together(Map<Fault, Integer> one, Map<Fault, Integer> other) {
    var sum = new EnumMap<>(one);
    other.forEach((fault, count) -> sum.merge(fault, count, Integer::sum));
    return sum;
  }
}
