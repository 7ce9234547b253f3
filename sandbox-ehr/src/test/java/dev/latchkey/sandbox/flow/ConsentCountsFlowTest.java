package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers of the consent page are those of what the app finds afterwards.
class ConsentCountsFlowTest extends SandboxFlow {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CATEGORY = "?category=";
  private static final int MOST_LOOKS = 20;

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  /// Somebody who shares their own record, and a mother who shares that of her child.
  @ParameterizedTest
  @CsvSource({"kendal, ''", "dolores, graciela"})
  void con4_eachNumberIsWhatATokenWithThatScopeFinds(String username, String child)
      throws JsonProcessingException {
    var page = new Page(username, child, "openid patient/*.rs patient/AuditEvent.rs");
    var counts = page.counts();
    var whole = page.allow(scope -> !scope.contains(CATEGORY));
    // First, because each further search is one more access.
    assertThat(counts).containsEntry("patient/AuditEvent.rs", total("/AuditEvent?", whole));
    for (var type : RecordType.ofWildcard().map(RecordType::fhirName).toList()) {
      assertThat(counts).containsEntry("patient/" + type + ".rs", total("/" + type + "?", whole));
    }

    var again = new Page(username, child, "openid patient/Observation.rs patient/Condition.rs");
    var parts = again.allow(scope -> scope.contains(CATEGORY));
    for (var type : new RecordType[] {RecordType.OBSERVATION, RecordType.CONDITION}) {
      for (var category : RecordCategory.of(type)) {
        var token = URLEncoder.encode(category.token(), StandardCharsets.UTF_8);
        assertThat(again.counts())
            .containsEntry(
                "patient/" + type.fhirName() + ".rs" + CATEGORY + category.token(),
                total("/" + type.fhirName() + CATEGORY + token + "&", parts));
      }
    }
  }

  private String total(String search, AccessToken token) throws JsonProcessingException {
    var answer = read(search + "_summary=count", token);
    assertThat(answer.statusCode()).as(search).isEqualTo(200);
    var total = JSON.readTree(answer.body()).path("total").asInt(-1);
    return switch (total) {
      case 0 -> "no records yet";
      case 1 -> "1 record";
      default -> total + " records";
    };
  }

  /// The consent page of the web app.
  private final class Page {
    private final SmartApp app = webApp();
    private final SmartApp.Started started;
    private final PatientBrowser browser = new PatientBrowser(sandbox().baseUrl().toString());
    private final Arrival arrival;

    private Page(String username, String child, String scope) {
      started = app.start(scope);
      var signIn = browser.open(started.uri().toString());
      var typed = Map.of("username", username, "password", "sandbox-" + username);
      var next = browser.submit(signIn, typed, _ -> true, "");
      var first =
          child.isEmpty() ? next : browser.submit(next, Map.of("patient", child), _ -> true, "");
      assertThat(first.isAt("/interaction/consent")).as(first.body()).isTrue();
      arrival = withEveryNumber(first);
    }

    /// The page waits only so long for numbers, and the first ones that a server counts on a busy
    /// machine take longer than that.
    private Arrival withEveryNumber(Arrival first) {
      var look = first;
      for (int looks = 1; looks < MOST_LOOKS && counts(look).containsValue(""); looks++) {
        look = browser.open(first.uri().toString());
      }
      return look;
    }

    /// The words beside the boxes.
    private Map<String, String> counts() {
      return counts(arrival);
    }

    private static Map<String, String> counts(Arrival arrival) {
      var counts = new HashMap<String, String>();
      for (var box : arrival.page().select("input[name=scope]")) {
        var amount = Objects.requireNonNull(box.parent()).select(".amount");
        counts.put(box.attr("value"), amount.text());
      }
      return counts;
    }

    private AccessToken allow(Predicate<String> ticked) {
      URI callback = browser.submit(arrival, Map.of(), ticked, "allow").uri();
      return app.exchanged(started, app.code(started, callback)).getOIDCTokens().getAccessToken();
    }
  }
}
