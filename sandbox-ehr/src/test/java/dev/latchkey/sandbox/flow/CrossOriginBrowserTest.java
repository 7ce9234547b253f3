package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requirement COR-3 in a real browser, which enforces what the headers only say.
class CrossOriginBrowserTest {
  private static final RunningSandbox SANDBOX = RunningSandbox.jdbc();

  /// Each line of the page says what its script could see of one answer.
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <meta charset="utf-8">
      <ol></ol>
      <script>
        const line = text => document.querySelector("ol").append(Object.assign(document.createElement("li"), {textContent: text}));
        const tell = async (id, url, options) => {
          try {
            const answer = await fetch(url, options);
            const body = await answer.json();
            line(id + " " + answer.status + " " + (body.resourceType || body.error || body.sub) + " " + answer.headers.get("www-authenticate"));
          } catch (hidden) {
            line(id + " " + hidden.name);
          }
        };
        const token = {Authorization: "Bearer not-a-token"};
        (async () => {
          await tell("fhir", "ISSUER/fhir/Patient/kendal", {headers: {...token, Prefer: "return=minimal", "If-None-Match": "x"}});
          await tell("userinfo", "ISSUER/userinfo", {headers: token});
          await tell("token", "ISSUER/token", {method: "POST", body: new URLSearchParams({grant_type: "refresh_token", client_id: "nobody"})});
          await tell("introspect", "ISSUER/introspect", {method: "POST", headers: token, body: new URLSearchParams({token: "x"})});
          await tell("page", "ISSUER/apps", {});
          await tell("cookies", "ISSUER/userinfo", {credentials: "include"});
          line("end");
        })();
      </script>
      """;

  @TempDir private Path folder;

  @Test
  void cor3_aPageOfAnotherOriginReadsRefusalsAndNoPages() throws Exception {
    var browser = Chromium.installed();
    assumeTrue(browser.isPresent(), "needs Chromium on the PATH");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", CrossOriginBrowserTest::answer);
    server.start();
    Document seen;
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      seen = Jsoup.parse(browser.get().documentOf(url, folder));
    } finally {
      server.stop(0);
    }

    var lines = seen.select("li").eachText();
    assertThat(lines).as(seen.html()).endsWith("end").hasSize(7);
    assertThat(lines.get(0)).startsWith("fhir 401 OperationOutcome Bearer resource_metadata=");
    assertThat(lines.get(1)).startsWith("userinfo 401 invalid_token Bearer realm=");
    assertThat(lines.get(2)).startsWith("token 401 invalid_client");
    assertThat(lines.get(3)).startsWith("introspect 401 invalid_token Bearer realm=");
    assertThat(lines.get(4)).as("a page that reads cookies").isEqualTo("page TypeError");
    assertThat(lines.get(5)).as("with cookies").isEqualTo("cookies TypeError");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var page =
        PAGE.replace("ISSUER", SANDBOX.baseUrl().toString()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }
}
