package dev.latchkey.sandbox.access;

import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.latchkey.scope.Interaction;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/// Every way in which a request is turned down once its token was accepted.
///
/// The texts are fixed: nothing in them comes from the store, so no two states of it can be told
/// apart by them.
public final class Refusals {
  private final Challenges challenges;

  public Refusals(Challenges challenges) {
    this.challenges = challenges;
  }

  /// RFC 6750 section 3.1: 403, with the scope that would be enough.
  BaseServerResponseException insufficientScope(
      AccessToken token, String type, Interaction interaction) {
    var scope = token.lackingContext().word() + "/" + type + "." + interaction.letter();
    var reason = "The access token does not allow this. It needs the scope " + scope;
    return forbidden(reason)
        .addResponseHeader(
            Challenges.HEADER, challenges.insufficientScope(token.type(), reason, scope));
  }

  /// For a resource that is not there, and for one that the token does not reach: the same words.
  BaseServerResponseException notReachable() {
    var text = "There is no such resource within reach of this access token";
    return new ResourceNotFoundException(text, outcome(IssueType.NOTFOUND, text));
  }

  BaseServerResponseException anotherPatient() {
    return forbidden("The access token is for another patient");
  }

  BaseServerResponseException outsideTheRecord() {
    return forbidden(
        "The resource must be about the patient of this access token, and may only refer to that"
            + " patient's record");
  }

  BaseServerResponseException restricted() {
    return forbidden(
        "Only the patient's own apps may write entries labelled as restricted (R or V)");
  }

  /// For what no scope would allow.
  BaseServerResponseException notOffered(String what) {
    return forbidden(what + " is not offered to apps that act for a patient");
  }

  /// For what only apps that act for a patient are offered.
  BaseServerResponseException notOfferedToServices(String what) {
    return forbidden(what + " is not offered to backend services");
  }

  BaseServerResponseException malformed(String text) {
    return new InvalidRequestException(text, outcome(IssueType.INVALID, text));
  }

  /// When a request got past the filter without a token.
  BaseServerResponseException noToken() {
    var text = "Send an access token for this request";
    var refused = new AuthenticationException(text);
    refused.setOperationOutcome(outcome(IssueType.LOGIN, text));
    return refused.addResponseHeader(Challenges.HEADER, challenges.plain());
  }

  private static BaseServerResponseException forbidden(String text) {
    return new ForbiddenOperationException(text, outcome(IssueType.FORBIDDEN, text));
  }

  static OperationOutcome outcome(IssueType code, String text) {
    var outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(code).setDiagnostics(text);
    return outcome;
  }
}
