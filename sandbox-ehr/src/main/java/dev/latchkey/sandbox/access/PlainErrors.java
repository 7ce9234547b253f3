package dev.latchkey.sandbox.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.google.common.base.Throwables;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts HAPI's errors into words that tell nothing about the store.
///
/// A missing resource, a deleted one and one beyond the token's reach get one answer. Conflicts
/// would name the resources that are in the way, failures the code that failed.
@Interceptor(order = Gates.RECORD)
public final class PlainErrors implements FhirInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

  private final Refusals refusals;

  PlainErrors(Refusals refusals) {
    this.refusals = refusals;
  }

  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException inPlainWords(Throwable failure) {
    if (failure instanceof DataFormatException malformed) {
      return malformed(malformed);
    }
    if (!(failure instanceof BaseServerResponseException known)) {
      return internal(failure);
    }
    return switch (known.getStatusCode()) {
      case 404, 410 -> refusals.notReachable();
      case 409 -> conflict();
      case 400, 405, 412, 415, 422 -> withoutCode(known);
      default -> known.getStatusCode() >= 500 ? internal(known) : known;
    };
  }

  private BaseServerResponseException malformed(Throwable failure) {
    return refusals.malformed("The body cannot be read as FHIR: " + text(failure));
  }

  /// HAPI starts its messages with a number such as `HAPI-0524`.
  private static BaseServerResponseException withoutCode(BaseServerResponseException known) {
    if (known.getOperationOutcome() == null) {
      known.setOperationOutcome(Refusals.outcome(IssueType.PROCESSING, text(known)));
    }
    return known;
  }

  private static String text(Throwable failure) {
    var message = failure.getMessage();
    return message == null ? "The request cannot be used" : message.replaceAll("HAPI-\\d+: ", "");
  }

  private static BaseServerResponseException conflict() {
    var text =
        "The change conflicts with the current state of the resource or with one that refers to it";
    return new ResourceVersionConflictException(text, Refusals.outcome(IssueType.CONFLICT, text));
  }

  private static BaseServerResponseException internal(Throwable failure) {
    // Not its message: that may quote a resource.
    LOG.error("A FHIR request failed with {} at {}", failure.getClass().getName(), origin(failure));
    var text = "The FHIR server failed on this request";
    return new InternalErrorException(text, Refusals.outcome(IssueType.EXCEPTION, text));
  }

  private static String origin(Throwable failure) {
    var cause = Throwables.getRootCause(failure);
    var trace = cause.getStackTrace();
    return cause.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
  }
}
