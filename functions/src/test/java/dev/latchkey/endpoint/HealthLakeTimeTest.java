package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.HealthLakeDeployment.READING;
import static dev.latchkey.endpoint.HealthLakeDeployment.ask;
import static dev.latchkey.endpoint.HealthLakeDeployment.assertAllowed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.aws.ClientsOverHttp;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.fault.Fault;
import dev.latchkey.fault.FaultPlan;
import dev.latchkey.fault.FaultProxy;
import dev.latchkey.fault.ServicesOverHttp;
import dev.latchkey.http.Unavailable;
import dev.latchkey.resource.HealthLakePolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HealthLake waits for a second, so whatever is slow, the answer or the failure is there before.
/// The clients and the limit are those of the deployed function.
class HealthLakeTimeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// A machine that is busy with a build is late by itself, at times.
  private static final int TRIES = 5;

  private static final Duration LATE = Duration.ofSeconds(20);

  private static ServicesOverHttp services;
  private static HealthLakeDeployment healthLake;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    services = ServicesOverHttp.start();
    healthLake = new HealthLakeDeployment(services.direct());
    token = healthLake.token("patient/Observation.rs");
    assertAllowed(ask(healthLake.function, token));
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  /// One after the other, each in an instance that has read nothing yet and that finds the others
  /// quick.
  @ParameterizedTest
  @ValueSource(strings = {"GetItem", "GetPublicKey", "Query", "BatchGetItem"})
  void hlk6_whatIsSlowIsGivenUpWithinTheSecond(String operation) throws IOException {
    FaultPlan slow =
        called -> called.equals(operation) ? Optional.of(Fault.RESPONSE_DELAYED) : Optional.empty();
    try (var dynamoDb = proxied(services.dynamoDb().address(), slow);
        var kms = proxied(services.kms().address(), slow)) {
      assertGivenUp(at(dynamoDb, kms));
    }
  }

  /// Each call alone has time left, and all of them together have not.
  @Test
  void hlk6_callsThatAreAllALittleSlowAreGivenUpWithinTheSecond() throws IOException {
    var delay = Duration.ofMillis(245);
    FaultPlan slow = _ -> Optional.of(Fault.RESPONSE_DELAYED);
    try (var dynamoDb = FaultProxy.before(services.dynamoDb().address(), slow, delay);
        var kms = FaultProxy.before(services.kms().address(), slow, delay)) {
      assertGivenUp(at(dynamoDb, kms));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "BatchGetItem"})
  void hlk6_aLostAnswerIsAskedForAgainWithinTheSecond(String operation) throws IOException {
    for (int tries = 1; !isAllowedThoughLost(operation); tries++) {
      assertThat(tries).as("tries").isLessThan(TRIES);
    }
  }

  @Test
  void hlk6_theNextQuestionIsAnsweredAfterOneThatWasGivenUp() throws IOException {
    var isSlow = new AtomicBoolean(true);
    FaultPlan slow = _ -> Optional.of(Fault.RESPONSE_DELAYED).filter(_ -> isSlow.get());
    try (var dynamoDb = proxied(services.dynamoDb().address(), slow);
        var kms = proxied(services.kms().address(), slow)) {
      var function = at(dynamoDb, kms);
      assertGivenUp(function);
      isSlow.set(false);
      for (int tries = 1; !isAllowed(function); tries++) {
        assertThat(tries).as("tries").isLessThan(TRIES);
      }
    }
  }

  private static boolean isAllowed(HealthLakeFunction function) {
    try {
      assertAllowed(ask(function, token));
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  private static boolean isAllowedThoughLost(String operation) throws IOException {
    var once = FaultPlan.once(operation, Fault.RESPONSE_DELAYED);
    try (var dynamoDb = proxied(services.dynamoDb().address(), once);
        var kms = proxied(services.kms().address(), FaultPlan.none())) {
      return isAllowed(at(dynamoDb, kms)) && dynamoDb.counts().containsKey(Fault.RESPONSE_DELAYED);
    }
  }

  private static void assertGivenUp(HealthLakeFunction function) {
    for (int tries = 1; !isGivenUpInTime(function); tries++) {
      assertThat(tries).as("tries").isLessThan(TRIES);
    }
  }

  private static boolean isGivenUpInTime(HealthLakeFunction function) {
    var started = System.nanoTime();

    var fault = catchThrowable(() -> ask(function, token));

    var taken = Duration.ofNanos(System.nanoTime() - started);
    assertThat(fault).isInstanceOf(Unavailable.class);
    return taken.compareTo(SECOND) < 0;
  }

  private static FaultProxy proxied(URI service, FaultPlan plan) throws IOException {
    return FaultProxy.before(service, plan, LATE);
  }

  private static HealthLakeFunction at(FaultProxy dynamoDb, FaultProxy kms) {
    var clients = ClientsOverHttp.hurriedAsOnAws(dynamoDb.address(), kms.address());
    var wiring = LocalWiring.over(services.settings(), clients).wiring();
    return new HealthLakeFunction(
        wiring, new HealthLakePolicy(READING, Optional.empty(), false, HealthLakePolicy.LIMIT));
  }
}
