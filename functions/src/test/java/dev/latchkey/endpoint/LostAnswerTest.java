package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.ClientsOverHttp;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.fault.DynamoDbOverHttp;
import dev.latchkey.fault.Fault;
import dev.latchkey.fault.FaultPlan;
import dev.latchkey.fault.FaultProxy;
import dev.latchkey.fault.KmsOverHttp;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
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
  private static DynamoDbOverHttp dynamoDb;
  private static KmsOverHttp kms;
  private static LocalWiring direct;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbOverHttp.start();
    kms = KmsOverHttp.start();
    var clients =
        ClientsOverHttp.patientFor(Duration.ofSeconds(30), dynamoDb.address(), kms.address());
    var settings =
        new Settings(
            new ServerIdentity(LocalWiring.ISSUER, LocalWiring.ISSUER + "/fhir"),
            KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
            InProcessKms.TOKEN_KEY,
            TableTemplates.create(clients.dynamoDb()),
            "eu-west-1",
            Optional.empty());
    direct =
        LocalWiring.over(settings, clients)
            .seed(TestClients.nativeApp())
            .seed(TestClients.webApp());
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
    kms.close();
  }

  @Test
  void t53_aLostResponseLogsNoPublicAppOut() {
    var function = new TokenFunction(direct.wiring());
    var grants = new Grants(direct);
    var app = LossyApp.publicApp(53, 0.1, grants.connect(function));

    app.refresh(200, grants, function);

    assertThat(app.lost()).isGreaterThan(10);
    app.checkFamily(direct.wiring().stores().families());
  }

  @Test
  void t53_aLostResponseLogsNoConfidentialAppOut() {
    var function = new TokenFunction(direct.wiring());
    var grants = new Grants(direct);
    var app = LossyApp.confidentialApp(53, 0.1, grants.connectWeb(function));

    app.refresh(200, grants, function);

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
    try (var kmsProxy = FaultProxy.before(kms.address(), neverSigns, Duration.ofSeconds(2))) {
      var clients = ClientsOverHttp.patientAsOnAws(dynamoDb.address(), kmsProxy.address());
      var cutOff = LocalWiring.over(direct.settings(), clients);

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
    try (var dynamoDbProxy = FaultProxy.before(dynamoDb.address(), ofDynamoDb, delay);
        var kmsProxy = FaultProxy.before(kms.address(), ofKms, delay)) {
      var lossy =
          LocalWiring.over(
              direct.settings(),
              ClientsOverHttp.patientAsOnAws(dynamoDbProxy.address(), kmsProxy.address()));
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
