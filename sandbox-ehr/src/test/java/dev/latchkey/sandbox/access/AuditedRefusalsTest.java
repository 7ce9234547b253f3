package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANAS_CHILD;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which requests without an accepted token are in the log: those with one that this server made,
/// and each of those once (docs/adr/0054-who-has-read-the-record.md).
class AuditedRefusalsTest {
  private final FhirCalls auditor = GuardedFhir.asService("system/AuditEvent.rs");

  /// Refusals in the record of the child, whose log nobody else fills with them.
  private Answer refusals() {
    return auditor.get("AuditEvent?outcome=4&entity=Patient/" + ANAS_CHILD);
  }

  private int total() {
    return refusals().bundle().getTotal();
  }

  /// All refusals, of nobody's record too.
  private int ofAnybody() {
    return auditor.get("AuditEvent?outcome=4&_count=1").bundle().getTotal();
  }

  private AuditEvent newest() {
    return (AuditEvent) refusals().bundle().getEntryFirstRep().getResource();
  }

  private static JWTClaimsSet.Builder ofChild(JWTClaimsSet.Builder claims) {
    return claims
        .claim("sid", GuardedFhir.family().of("Patient/" + ANAS_CHILD).value())
        .claim("patient", ANAS_CHILD)
        .claim("fhirUser", "Patient/" + ANAS_CHILD)
        .claim("scope", "patient/*.rs");
  }

  private static int status(String header) {
    return GuardedFhir.withoutToken()
        .send("GET", "Patient/" + ANAS_CHILD, null, null, "Authorization", header)
        .status();
  }

  @Test
  void rsv11_aTokenThatWasTakenBackIsRecordedOnce() {
    var token = GuardedFhir.token(AuditedRefusalsTest::ofChild);
    assertThat(status("Bearer " + token)).isEqualTo(200);
    var before = total();

    GuardedFhir.family()
        .revokedWhile(
            () -> {
              assertThat(status("Bearer " + token)).isEqualTo(401);
              assertThat(status("Bearer " + token)).isEqualTo(401);
            });

    assertThat(total()).isEqualTo(before + 1);
    var event = newest();
    assertThat(event.getOutcomeDesc()).isEqualTo("HTTP 401");
    assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
        .isEqualTo(OneFamily.CLIENT.value());
    assertThat(event.getAgent().getLast().getWho().getReference())
        .isEqualTo("Patient/" + ANAS_CHILD);
    assertThat(event.getEntity()).hasSize(1);
  }

  @Test
  void rsv11_anExpiredTokenIsRecordedOnceAndAnotherOneToo() {
    var before = total();
    for (var end : List.of(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2))) {
      var expired = Date.from(end);
      var token = GuardedFhir.token(claims -> ofChild(claims).expirationTime(expired));
      assertThat(status("Bearer " + token)).isEqualTo(401);
      assertThat(status("Bearer " + token)).isEqualTo(401);
    }

    assertThat(total()).isEqualTo(before + 2);
  }

  @Test
  void rsv11_aStolenTokenWithoutItsKeyIsRecorded() {
    var before = total();
    var token =
        GuardedFhir.token(claims -> ofChild(claims).claim("cnf", Map.of("jkt", "x".repeat(43))));

    assertThat(status("Bearer " + token)).isEqualTo(401);

    assertThat(total()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic YTpi", "Bearer x", "Bearer a.b.c"})
  void rsv11_whatNamesNobodyIsNotRecorded(String header) {
    var before = ofAnybody();

    assertThat(status(header)).isEqualTo(401);

    assertThat(ofAnybody()).isEqualTo(before);
  }

  @Test
  void rsv11_aTokenThatOnlyLooksLikeOursIsNotRecorded() {
    var before = ofAnybody();
    var parts = GuardedFhir.token(AuditedRefusalsTest::ofChild).split("\\.", -1);
    var signature =
        parts[2].startsWith("A") ? "B" + parts[2].substring(1) : "A" + parts[2].substring(1);
    var forNeighbour =
        GuardedFhir.token(claims -> ofChild(claims).audience("https://elsewhere.example/fhir"));

    assertThat(status("Bearer " + parts[0] + "." + parts[1] + "." + signature)).isEqualTo(401);
    assertThat(status("Bearer " + forNeighbour)).isEqualTo(401);

    assertThat(ofAnybody()).isEqualTo(before);
  }
}
