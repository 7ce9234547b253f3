package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.AppsBrowser.SCOPES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages of `/apps`: what each costs, and that no place in the list leads into that of another.
class AppsPagesTest {
  private static final Pattern NEXT =
      Pattern.compile("href=\"/apps\\?(after=[A-Za-z0-9_-]+)\" rel=\"next\"");

  private final AppsBrowser browser = AppsBrowser.ofAna();
  private final LocalWiring local = browser.local();

  @Test
  void twoHundredGrantsAreTenPagesOfOneQueryEach() {
    var expected = new HashSet<String>();
    for (int i = 0; i < 200; i++) {
      var app = i % 2 == 0 ? TestClients.NATIVE : TestClients.WEB;
      expected.add(browser.allowed(app, SCOPES).value());
    }
    var shown = new HashSet<String>();
    var query = "";
    int pages = 0;
    do {
      local.calls().reset();
      var page = browser.open(query);
      pages++;
      // The list; then what is live of it, the sign-out of everywhere, and the list's cut-offs.
      assertThat(local.calls().counts())
          .contains(entry("query", 1), entry("batchGetItem", 3), entry("updateItem", 1));
      // Session, user, and each app on the page.
      assertThat(local.calls().of("getItem")).isBetween(3, 4);
      assertThat(local.calls().reads()).isLessThanOrEqualTo(8);
      var ids = Set.copyOf(page.inputs("key"));
      assertThat(ids).hasSizeBetween(20, 20);
      assertThat(shown).doesNotContainAnyElementsOf(ids);
      shown.addAll(ids);
      var next = NEXT.matcher(page.body());
      query = next.find() ? next.group(1) : "";
    } while (!query.isEmpty());

    assertThat(pages).isEqualTo(10);
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void anAppOverTwoPagesCanBeTakenBackFromEither() {
    for (int i = 0; i < 21; i++) {
      browser.allowed(TestClients.NATIVE, SCOPES);
    }
    var first = browser.open();
    var next = NEXT.matcher(first.body());
    assertThat(next.find()).isTrue();

    var second = browser.open(next.group(1));

    assertThat(second.body())
        .contains("Take back every key of <bdi>Test Native</bdi>", "href=\"/apps\">First page");
    assertThat(second.inputs("after").stream().distinct().toList())
        .containsExactly(next.group(1).substring("after=".length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "%00",
        "!!!",
        "..%2F..%2Fetc",
        "YQ",
        "<script>alert(1)</script>",
        "eCMA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void aPlaceThatNoPageLinksToIsTheFirstPage(String after) {
    browser.allowed(TestClients.NATIVE, SCOPES);

    var page = browser.open("after=" + after);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Test Native").doesNotContain("<script");
  }

  @Test
  void aPlaceInTheListOfSomebodyElseShowsOnlyTheOwnList() {
    var bens = browser.allowed(TestUsers.ben().subject(), TestClients.NATIVE, SCOPES);
    var place = TestClients.NATIVE + "#" + bens;
    var after =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(place.getBytes(StandardCharsets.UTF_8));

    var page = browser.open("after=" + after);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain(bens.value(), "Take back the key of");
  }
}
