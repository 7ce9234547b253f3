package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Export;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.app.ServiceToken;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.List;
import java.util.Map;

/// Exports of backend services (FHIR Bulk Data Access 2.0). The job is deleted at the end.
final class BulkData {
  private BulkData() {}

  static Group group() {
    return new Group(
        "Bulk data",
        "g(10) part 7, multi-patient API; bulk data export",
        List.of(
            new Check("BKS-4", "nobody starts an export without a token", BulkData::anonymous),
            new Check("BKS-4", "nor with a token for other types", BulkData::withoutItsScope),
            new Check(
                "BKS-4", "a job is started with 202 and ends with its list", BulkData::finished),
            new Check("BKS-5", "its files hold what was asked for, line by line", BulkData::files),
            new Check("BKS-4", "its files need the token", BulkData::filesNeedToken),
            new Check("BKS-7", "a deleted job is gone", BulkData::deleted)));
  }

  private static void anonymous(Server server) throws Unmet, NotApplicable {
    var _ = server.service();
    var _ = Export.start(server, Map.of()).with(400, 401);
  }

  private static void withoutItsScope(Server server) throws Unmet, NotApplicable {
    var token = ServiceToken.of(server, "system/Goal.rs").accessToken();
    var _ = Export.start(server, Map.of("Authorization", "Bearer " + token)).with(401, 403);
  }

  private static void finished(Server server) throws Unmet, NotApplicable {
    var list = server.export().finished().json();
    for (var member : List.of("transactionTime", "request", "requiresAccessToken", "output")) {
      unless(list.containsKey(member), "The list has no " + member);
    }
    unless(list.get("error") instanceof List<?>, "error is " + list.get("error"));
    unless(!server.export().files().isEmpty(), "The list has no file");
  }

  private static void files(Server server) throws Unmet, NotApplicable {
    var export = server.export();
    for (var file : export.files()) {
      unless(file.type().equals(Export.TYPE), "There is a file of " + file.type());
      var answer = Export.at(server, file.url(), export.accessToken()).with(200);
      unless(
          answer.header("content-type").filter(type -> type.contains("ndjson")).isPresent(),
          "A file is " + answer.header("content-type").orElse("without a type"));
      for (var line : answer.body().lines().toList()) {
        unless(
            line.matches("\\{.*\"resourceType\"\\s*:\\s*\"%s\".*}".formatted(Export.TYPE)),
            "A line of a file is no " + Export.TYPE);
      }
      unless(!answer.body().isBlank(), "A file is empty");
    }
  }

  private static void filesNeedToken(Server server) throws Unmet, NotApplicable {
    var export = server.export();
    if (!export.needsToken()) {
      throw new NotApplicable("requiresAccessToken is false");
    }
    for (var file : export.files()) {
      var _ = server.http().get(file.url()).with(400, 401);
    }
    var _ = server.http().get(export.job()).with(400, 401);
  }

  private static void deleted(Server server) throws Unmet, NotApplicable {
    var export = server.export();
    var headers =
        Map.of(
            "Authorization", "Bearer " + export.accessToken(), "Accept", "application/fhir+json");
    var _ = server.http().send("DELETE", export.job(), headers).with(202);
    var gone = server.http().get(export.job(), headers).with(404).json();
    unless(
        "OperationOutcome".equals(gone.get("resourceType"))
            && gone.get("issue") instanceof List<?> issues
            && !issues.isEmpty(),
        "A deleted job is answered " + gone.get("resourceType"));
  }
}
