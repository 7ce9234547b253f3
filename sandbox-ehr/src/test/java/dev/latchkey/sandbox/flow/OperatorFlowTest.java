package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/// What an operator of a sandbox does to the keys of refresh tokens, and what the apps notice.
class OperatorFlowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcFlowTest flow = new JdbcFlowTest();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aRotationLogsNobodyOut() {
    var app = flow.nativeApp();
    var before = flow.connect(app);

    var planned = send("{\"command\":\"rotate-token-key\"}");

    assertThat(state(planned.path("keyId").asInt())).isEqualTo("NEXT");
    var after = app.refreshed(before.getRefreshToken()).getOIDCTokens();
    assertThat(app.refresh(after.getRefreshToken()).indicatesSuccess()).isTrue();
    assertThat(app.refresh(flow.connect(app).getRefreshToken()).indicatesSuccess()).isTrue();
    assertThat(flow.read("/Patient/kendal", after.getAccessToken()).statusCode()).isEqualTo(200);
  }

  @Test
  void retiringAllKeysEndsEveryRefreshTokenAndNoAccessToken() {
    var app = flow.nativeApp();
    var before = flow.connect(app);

    var answer = send("{\"command\":\"retire-all-token-keys\"}");

    assertThat(answer.path("remaining").asInt()).isEqualTo(1);
    SandboxFlow.assertRefused(app.refresh(before.getRefreshToken()), "invalid_grant");
    assertThat(flow.read("/Patient/kendal", before.getAccessToken()).statusCode()).isEqualTo(200);
    var again = flow.connect(app);
    assertThat(app.refresh(again.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void retiringOneKeyEndsItsRefreshTokens() {
    var app = flow.nativeApp();
    var before = flow.connect(app);
    var current = idOf("CURRENT");

    send("{\"command\":\"retire-token-key\",\"keyId\":" + current + "}");

    assertThat(state(current)).isEqualTo("RETIRED");
    SandboxFlow.assertRefused(app.refresh(before.getRefreshToken()), "invalid_grant");
    assertThat(app.refresh(flow.connect(app).getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void aDryRunEndsNothing() {
    var app = flow.nativeApp();
    var before = flow.connect(app);

    var answer = send("{\"command\":\"retire-all-token-keys\",\"dryRun\":true}");

    assertThat(answer.path("outcome").asText()).isEqualTo("dry-run");
    assertThat(answer.path("changes").toString()).contains("is retired");
    assertThat(app.refresh(before.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  private int idOf(String state) {
    for (var key : send("{\"command\":\"list-token-keys\"}").path("keys")) {
      if (key.path("state").asText().equals(state)) {
        return key.path("keyId").asInt();
      }
    }
    throw new AssertionError("No key is " + state);
  }

  private String state(int id) {
    for (var key : send("{\"command\":\"list-token-keys\"}").path("keys")) {
      if (key.path("keyId").asInt() == id) {
        return key.path("state").asText();
      }
    }
    throw new AssertionError("There is no key " + id);
  }

  private JsonNode send(String command) {
    var request =
        HttpRequest.newBuilder(URI.create(flow.sandbox().baseUrl() + "/sandbox/operator"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(command))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JSON.readTree(response.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
