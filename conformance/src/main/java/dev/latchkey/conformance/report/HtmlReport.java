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
      td:first-child { white-space: nowrap } .met { color: #13643c } .failed { color: #a01818; font-weight: bold } .skipped { color: #5a6a72 }
      """;

  private HtmlReport() {}

  public static void write(URI fhirBase, List<Result> results, Instant at, Path file)
      throws IOException {
    Files.writeString(file, page(fhirBase, results, at));
  }

  static String page(URI fhirBase, List<Result> results, Instant at) {
    var page = Document.createShell("");
    page.title("SMART conformance of " + fhirBase);
    page.head().prependElement("meta").attr("charset", "utf-8");
    page.head().appendElement("style").text(STYLE);
    page.body().appendElement("h1").text("SMART conformance of " + fhirBase);
    page.body().appendElement("p").text(summary(results) + " " + at + ".");
    Element table = null;
    var title = "";
    for (var result : results) {
      if (table == null || !title.equals(result.group().title())) {
        title = result.group().title();
        page.body().appendElement("h2").text(title);
        table = page.body().appendElement("table");
      }
      row(table, result);
    }
    return page.outerHtml();
  }

  private static void row(Element table, Result result) {
    var row = table.appendElement("tr");
    row.appendElement("td").text(result.check().id());
    var text = row.appendElement("td").text(result.check().sentence());
    switch (result.verdict()) {
      case Verdict.Met() -> row.appendElement("td").addClass("met").text("passed");
      case Verdict.Failed(var seen) -> {
        text.appendElement("div").text(seen);
        row.appendElement("td").addClass("failed").text("failed");
      }
      case Verdict.Skipped(var reason) -> {
        text.appendElement("div").addClass("skipped").text(reason);
        row.appendElement("td").addClass("skipped").text("skipped");
      }
    }
  }

  private static String summary(List<Result> results) {
    var failed = results.stream().filter(Result::isFailure).count();
    return "%d checks, %d failed.".formatted(results.size(), failed);
  }
}
