package dev.latchkey.conformance.report;

import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.verdict.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// A page that can be kept or sent to somebody. It holds no token.
public final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a2b33 }
      table { border-collapse: collapse; width: 100% } td { border-top: 1px solid #ccd5d9; padding: .4rem .6rem; vertical-align: top }
      td:not(:nth-child(3)) { white-space: nowrap } .met { color: #13643c } .unmet { color: #a01818; font-weight: bold } .not-run { color: #5a6a72 }
      """;

  private static final String LEVELS =
      "Levels: M must, S should, R United States certification (ONC g(10)), D Latchkey's decision"
          + " where the specification is silent, O optional.";

  private HtmlReport() {}

  public static void write(URI fhirBase, List<Result> results, Levels levels, Instant at, Path file)
      throws IOException {
    Files.writeString(file, page(fhirBase, results, levels, at));
  }

  static String page(URI fhirBase, List<Result> results, Levels levels, Instant at) {
    var page = Document.createShell("");
    page.title("SMART conformance of " + fhirBase);
    page.head().prependElement("meta").attr("charset", "utf-8");
    page.head().appendElement("style").text(STYLE);
    page.body().appendElement("h1").text("SMART conformance of " + fhirBase);
    page.body().appendElement("p").text("%s, at %s.".formatted(Sums.of(results), at));
    page.body().appendElement("p").text(LEVELS);
    Element table = null;
    var title = "";
    for (var result : results) {
      if (table == null || !title.equals(result.group().toString())) {
        title = result.group().toString();
        page.body().appendElement("h2").text(title);
        table = page.body().appendElement("table");
      }
      row(table, result, levels);
    }
    return page.outerHtml();
  }

  private static void row(Element table, Result result, Levels levels) {
    var row = table.appendElement("tr");
    row.appendElement("td").text(result.check().id());
    row.appendElement("td").text(levels.of(result.check().id()));
    var text = row.appendElement("td").text(result.check().sentence());
    switch (result.verdict()) {
      case Verdict.Met() -> row.appendElement("td").addClass("met").text("met");
      case Verdict.Failed(var seen) -> {
        text.appendElement("div").text(seen);
        row.appendElement("td").addClass("unmet").text("unmet");
      }
      case Verdict.NotRun(var reason) -> {
        text.appendElement("div").addClass("not-run").text(reason);
        row.appendElement("td").addClass("not-run").text("not run");
      }
    }
  }
}
