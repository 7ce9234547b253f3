package dev.latchkey.aws;

import static dev.latchkey.contract.TestFamilies.NOW;
import static dev.latchkey.contract.TestFamilies.advance;
import static dev.latchkey.contract.TestFamilies.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.family.Families;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyId;
import dev.latchkey.http.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The clients as production makes them, against a server that answers what DynamoDB answers, or
/// does not answer at all.
class DynamoOverHttpTest {
  private static final FamilyId ID = FamilyId.of(new byte[FamilyId.BYTES]);
  private static final Family FIRST = TestFamilies.first(ID, "r0");

  /// The family after the request `r1`, as DynamoDB writes it.
  private static final String NEXT_ITEM =
      """
      {"pk":{"S":"F#x"},"sk":{"S":"F"},"st":{"S":"A"},"cid":{"S":"app"},"gen":{"N":"1"},
       "hc":{"S":"%s"},"hp":{"S":"%s"},"nk":{"N":"2"},"rotAt":{"N":"5"},"idleExp":{"N":"6"},
       "absExp":{"N":"7"},"rid":{"S":"r1"},"gg":{"N":"-1"},"gs":{"N":"0"},"gn":{"N":"0"}}
      """
          .formatted(TestFamilies.secretHash(1).value(), TestFamilies.secretHash(0).value());

  private static final Answer ADVANCED = new Answer(200, "{\"Attributes\":" + NEXT_ITEM + "}");
  private static final Answer ITEM = new Answer(200, "{\"Item\":" + NEXT_ITEM + "}");
  private static final Answer LOST = new Answer(0, "");

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private Families families;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    families =
        new DynamoFamilies(AwsClients.on("eu-west-1", Optional.of(endpoint)).table("families"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void signsItsRequestForTheRegion() {
    answers.add(ADVANCED);

    var advanced = advance(families, FIRST, "r1", NOW);

    assertThat(advanced).isInstanceOf(Advance.Advanced.class);
    assertThat(requests)
        .singleElement()
        .asString()
        .contains("DynamoDB_20120810.UpdateItem")
        .contains("/eu-west-1/dynamodb/aws4_request")
        .contains("\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"");
  }

  @Test
  void learnsWhyFromTheRefusalItself() {
    answers.add(failure("ConditionalCheckFailedException", ",\"Item\":" + NEXT_ITEM));

    var refused = advance(families, FIRST, "r2", NOW);

    assertThat(found(refused).generation()).isEqualTo(1);
    assertThat(requests).hasSize(1);
  }

  @Test
  void readsOnceWhenTheRefusalDoesNotSay() {
    answers.add(failure("ConditionalCheckFailedException", ""));
    answers.add(ITEM);

    var refused = advance(families, FIRST, "r2", NOW);

    assertThat(found(refused).requestId()).isEqualTo("r1");
    assertThat(requests).hasSize(2);
    assertThat(requests.getLast()).contains(".GetItem").contains("\"ConsistentRead\":true");
  }

  @Test
  void findsNothingWhenThereIsNothing() {
    answers.add(failure("ConditionalCheckFailedException", ""));
    answers.add(new Answer(200, "{}"));

    assertThat(advance(families, FIRST, "r2", NOW))
        .isEqualTo(new Advance.Refused(Optional.empty()));
  }

  @Test
  void triesAgainAfterAFaultOfTheService() {
    answers.add(failure("InternalServerError", 500, ""));
    answers.add(ADVANCED);

    assertThat(advance(families, FIRST, "r1", NOW)).isInstanceOf(Advance.Advanced.class);
    assertThat(requests).hasSize(2);
  }

  @Test
  void recognisesItsOwnWriteWhenTheAnswerWasLost() {
    answers.add(LOST);
    answers.add(failure("ConditionalCheckFailedException", ",\"Item\":" + NEXT_ITEM));

    var refused = advance(families, FIRST, "r1", NOW);

    assertThat(found(refused).requestId()).isEqualTo("r1");
    assertThat(found(refused).previousHash()).isEqualTo(FIRST.currentHash());
    assertThat(requests).hasSize(2);
  }

  @Test
  void saysSoWhenItIsThrottledForTooLong() {
    for (int i = 0; i < 10; i++) {
      answers.add(failure("ProvisionedThroughputExceededException", ""));
    }

    assertThatThrownBy(() -> advance(families, FIRST, "r1", NOW)).isInstanceOf(Unavailable.class);
    assertThat(requests).hasSizeBetween(2, 4);
  }

  @Test
  void saysSoWhenItMayNot() {
    answers.add(failure("AccessDeniedException", ""));

    assertThatThrownBy(() -> advance(families, FIRST, "r1", NOW)).isInstanceOf(Unavailable.class);
    assertThat(requests).hasSize(1);
  }

  private static Answer failure(String type, String members) {
    return failure(type, 400, members);
  }

  private static Answer failure(String type, int status, String members) {
    var name = "com.amazonaws.dynamodb.v20120810#" + type;
    return new Answer(status, "{\"__type\":\"" + name + "\",\"message\":\"no\"" + members + "}");
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    requests.add(
        headers.getFirst("X-Amz-Target")
            + " "
            + headers.getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var answer = answers.remove();
    try (exchange) {
      if (answer.status() != 0) {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
