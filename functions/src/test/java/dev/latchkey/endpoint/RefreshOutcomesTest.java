package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientRules;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.event.OperatorEvent.Kind;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.RetryPolicy;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.wiring.Wiring;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What an app and an operator see of the rarer outcomes of a refresh.
class RefreshOutcomesTest {
  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestClients.webApp());
  private final TokenFunction function = new TokenFunction(local.wiring());
  private final Grants grants = new Grants(local);

  @Test
  void whoIsOvertakenIsToldToTryAgainAndNobodyLosesAccess() {
    var first = grants.connect(function).text("refresh_token");
    var newest = new String[1];
    var slow =
        new TokenFunction(
            beforeTheOneWrite(
                () -> {
                  var second = grants.refresh(first).to(function).text("refresh_token");
                  newest[0] = grants.refresh(second).to(function).text("refresh_token");
                }));

    var overtaken = grants.refresh(first).to(slow);

    assertThat(overtaken.status()).isEqualTo(503);
    assertThat(overtaken.text("error")).isEqualTo("temporarily_unavailable");
    assertThat(overtaken.header("retry-after")).isEqualTo("2");
    assertThat(grants.refresh(newest[0]).to(function).status()).isEqualTo(200);
    assertThat(local.events().kinds()).isEmpty();
  }

  @Test
  void aLoopIsSlowedDownAndLosesNothing() {
    var first = grants.connect(function).text("refresh_token");
    var second = grants.refresh(first).to(function).text("refresh_token");
    for (int i = 0; i < RetryPolicy.MOST_RETRIES; i++) {
      assertThat(grants.refresh(first).to(function).status()).isEqualTo(200);
    }

    var stopped = grants.refresh(first).to(function);

    assertThat(stopped.status()).isEqualTo(429);
    assertThat(stopped.text("error")).isEqualTo("temporarily_unavailable");
    assertThat(stopped.header("retry-after")).isEqualTo("2");
    assertThat(grants.refresh(second).to(function).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsNewerThanTheTableIsForAnOperatorToLookAt() {
    var first = grants.connect(function).text("refresh_token");
    var before = family();
    var second = grants.refresh(first).to(function).text("refresh_token");
    put(before);

    Grants.assertRefused(grants.refresh(second).to(function), 400, "invalid_grant");

    assertThat(local.events().kinds()).containsExactly(Kind.GENERATION_AHEAD);
    assertThat(grants.refresh(first).to(function).status()).isEqualTo(200);
  }

  @Test
  void aGenuineTokenWithAnUnknownSecretIsForAnOperatorToLookAt() {
    var first = grants.connect(function).text("refresh_token");
    var intact = family();
    var corrupt = new HashMap<>(intact);
    corrupt.put("hc", AttributeValue.fromS("another"));
    put(corrupt);

    Grants.assertRefused(grants.refresh(first).to(function), 400, "invalid_grant");

    assertThat(local.events().kinds()).containsExactly(Kind.UNKNOWN_SECRET);
    put(intact);
    assertThat(grants.refresh(first).to(function).status()).isEqualTo(200);
  }

  @Test
  void reuseIsReportedAndRevoked() {
    var first = grants.connect(function).text("refresh_token");
    var second = grants.refresh(first).to(function).text("refresh_token");
    local.clock().advance(Duration.ofSeconds(31));

    Grants.assertRefused(grants.refresh(first).to(function), 400, "invalid_grant");

    assertThat(local.events().kinds()).containsExactly(Kind.REUSE);
    Grants.assertRefused(grants.refresh(second).to(function), 400, "invalid_grant");
  }

  @Test
  void anAppWithAnAlarmKeepsItsFamilyWhenAnOldTokenComesBack() {
    local.seed(web(new RefreshOverrides(TokenRotation.EVERY_USE, ReuseResponse.ALARM)));
    var first = grants.connectWeb(function).text("refresh_token");
    var second = grants.webRefresh(first).to(function).text("refresh_token");
    var third = grants.webRefresh(second).to(function).text("refresh_token");

    Grants.assertRefused(grants.webRefresh(first).to(function), 400, "invalid_grant");

    assertThat(local.events().kinds()).containsExactly(Kind.REUSE);
    assertThat(grants.webRefresh(third).to(function).status()).isEqualTo(200);
  }

  @Test
  void anAppMayKeepOneTokenForTheLifeOfItsGrant() {
    local.seed(web(new RefreshOverrides(TokenRotation.NEVER, ReuseResponse.REVOKE)));
    var token = grants.connectWeb(function).text("refresh_token");
    for (int month = 0; month < 6; month++) {
      local.clock().advance(Duration.ofDays(91));
      local.calls().reset();

      var answer = grants.webRefresh(token).to(function);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("refresh_token")).isEqualTo(token);
      assertThat(local.calls().writes()).isEqualTo(1);
      assertThat(local.calls().signs()).isEqualTo(1);
    }
    local.clock().advance(Duration.ofDays(100));
    Grants.assertRefused(grants.webRefresh(token).to(function), 400, "invalid_grant");
  }

  @Test
  void threeGenerationsThatWereAskedForTwiceAreReported() {
    Answer answer = grants.connect(function);
    for (int i = 0; i < RetryPolicy.SHADOW_SUSPECTED; i++) {
      var token = answer.text("refresh_token");
      grants.refresh(token).to(function);
      answer = grants.refresh(token).to(function);
    }

    assertThat(local.events().kinds()).containsExactly(Kind.SHADOW_SUSPECTED);
    assertThat(grants.refresh(answer.text("refresh_token")).to(function).status()).isEqualTo(200);
  }

  /// The same graph, in which something happens right before the first `UpdateItem`.
  private Wiring beforeTheOneWrite(Runnable happens) {
    var isDone = new AtomicBoolean();
    var dynamoDb = local.aws().dynamoDb();
    var interrupted =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("updateItem") && !isDone.getAndSet(true)) {
                    happens.run();
                  }
                  try {
                    return method.invoke(dynamoDb, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return LocalWiring.over(local.settings(), new AwsClients(interrupted, local.aws().kms()))
        .wiring();
  }

  private Map<String, AttributeValue> family() {
    return local
        .aws()
        .dynamoDb()
        .scan(scan -> scan.tableName(local.settings().tables().families()))
        .items()
        .stream()
        .filter(item -> AttributeValue.fromS("F").equals(item.get("sk")))
        .findFirst()
        .orElseThrow();
  }

  private void put(Map<String, AttributeValue> item) {
    local
        .aws()
        .dynamoDb()
        .putItem(put -> put.tableName(local.settings().tables().families()).item(item));
  }

  private static Client web(RefreshOverrides overrides) {
    return TestClients.webApp().with(ClientRules.NONE.with(overrides));
  }
}
