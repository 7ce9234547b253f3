package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.fault.Fault;
import dev.latchkey.fault.FaultPlan;
import dev.latchkey.fault.FaultProxy;
import dev.latchkey.fault.ServicesOverHttp;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T53 and T54: what gets lost on the way, between app and server or between server and table, is
/// nobody's fault.
class LostAnswerTest {
  private static ServicesOverHttp services;
  private static LocalWiring direct;

  @BeforeAll
  static void start() throws Exception {
    services = ServicesOverHttp.start();
    direct = services.direct().seed(TestClients.nativeApp()).seed(TestClients.webApp());
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @Test
  void t53_aLostResponseLogsNoPublicAppOut() {
    var function = new TokenFunction(direct.wiring());
    var grants = new Grants(direct);
    var app = LossyApp.publicApp(53, 0.1, grants.connect(function));

    app.refresh(200, grants, function, function);

    assertThat(app.lost()).isGreaterThan(10);
    app.checkFamily(direct.wiring().stores().families());
  }

  @Test
  void t53_aLostResponseLogsNoConfidentialAppOut() {
    var function = new TokenFunction(direct.wiring());
    var grants = new Grants(direct);
    var app = LossyApp.confidentialApp(53, 0.1, grants.connectWeb(function));

    app.refresh(200, grants, function, function);

    assertThat(app.lost()).isGreaterThan(10);
    app.checkFamily(direct.wiring().stores().families());
  }

  @ParameterizedTest
  @EnumSource
  void t54_aWriteThatTheSdkSendsAgainIsNoReuse(Fault fault) throws Exception {
    var answer = refreshWith(FaultPlan.once("UpdateItem", fault), FaultPlan.none());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aSignatureThatTheSdkAsksForAgainIsOneAnswer(Fault fault) throws Exception {
    var answer = refreshWith(FaultPlan.none(), FaultPlan.once("Sign", fault));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void whenKmsDoesNotSignTheAppTriesAgainAndGetsTheTokenThatWasMadeMeanwhile() throws Exception {
    var grants = new Grants(direct);
    var function = new TokenFunction(direct.wiring());
    var first = grants.connect(function).text("refresh_token");
    FaultPlan neverSigns =
        operation ->
            operation.equals("Sign") ? Optional.of(Fault.REQUEST_DROPPED) : Optional.empty();
    try (var kmsProxy =
        FaultProxy.before(services.kms().address(), neverSigns, Duration.ofSeconds(2))) {
      var cutOff = services.at(services.dynamoDb().address(), kmsProxy.address());

      var refused = grants.refresh(first).to(new TokenFunction(cutOff.wiring()));

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("error")).isEqualTo("temporarily_unavailable");
      assertThat(refused.header("retry-after")).isEqualTo("2");
      assertThat(cutOff.events().kinds()).containsExactly(OperatorEvent.Kind.SIGN_FAILED);
    }
    var served = grants.refresh(first).to(function);
    assertThat(served.status()).isEqualTo(200);
    assertThat(grants.refresh(served.text("refresh_token")).to(function).status()).isEqualTo(200);
  }

  /// One refresh over clients whose calls suffer these faults, and a look at what came of it.
  private static Answer refreshWith(FaultPlan ofDynamoDb, FaultPlan ofKms) throws Exception {
    var grants = new Grants(direct);
    var first = grants.connect(new TokenFunction(direct.wiring())).text("refresh_token");
    var delay = Duration.ofMillis(1_300);
    try (var dynamoDbProxy = FaultProxy.before(services.dynamoDb().address(), ofDynamoDb, delay);
        var kmsProxy = FaultProxy.before(services.kms().address(), ofKms, delay)) {
      var lossy = services.at(dynamoDbProxy.address(), kmsProxy.address());
      var answer = grants.refresh(first).to(new TokenFunction(lossy.wiring()));
      var faults = dynamoDbProxy.counts().size() + kmsProxy.counts().size();
      assertThat(faults).as("the fault happened").isEqualTo(1);
      var next =
          grants.refresh(answer.text("refresh_token")).to(new TokenFunction(direct.wiring()));
      assertThat(next.status()).isEqualTo(200);
      return answer;
    }
  }
}
