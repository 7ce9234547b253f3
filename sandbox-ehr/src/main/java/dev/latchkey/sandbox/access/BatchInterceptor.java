package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.method.ResourceParameter;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.http.HttpStatus;

/// Runs each entry of a batch as a request of its own (FHIR R4, batch: entries do not depend on
/// each other).
///
/// Every entry goes through the whole FHIR server, so it is judged, narrowed, filtered and refused
/// exactly as if it had come alone. HAPI's own batch takes shortcuts past the interceptors. A
/// transaction would need one judgement for entries that refer to each other; it is not offered.
@Interceptor(order = Gates.BATCH)
public final class BatchInterceptor implements FhirInterceptor {
  /// One request must not become an unbounded number of them.
  static final int MOST_ENTRIES = 100;

  private final FhirContext fhir;
  private final Refusals refusals;

  BatchInterceptor(FhirContext fhir, Refusals refusals) {
    this.fhir = fhir;
    this.refusals = refusals;
  }

  /// Answers a batch. Returns false when it did, so that HAPI does nothing more.
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public boolean answer(ServletRequestDetails request) throws IOException, ServletException {
    if (request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION) {
      return true;
    }
    if (AccessToken.of(request.getServletRequest()).isEmpty()) {
      throw refusals.noToken();
    }
    var answers = new Bundle().setType(BundleType.BATCHRESPONSE);
    for (var entry : entries(request)) {
      answers.addEntry(run(entry, request));
    }
    RestfulServerUtils.streamResponseAsResource(
        request.getServer(), answers, Set.of(), 200, false, false, request);
    return false;
  }

  private List<BundleEntryComponent> entries(ServletRequestDetails request) {
    var encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request);
    if (encoding == null) {
      throw refusals.malformed("Send the batch as application/fhir+json or application/fhir+xml");
    }
    var resource =
        encoding.newParser(fhir).parseResource(ResourceParameter.createRequestReader(request));
    if (!(resource instanceof Bundle bundle)) {
      throw refusals.malformed("Only a Bundle can be sent to this address");
    }
    if (bundle.getType() == BundleType.TRANSACTION) {
      throw refusals.notOffered("A transaction");
    }
    if (bundle.getType() != BundleType.BATCH) {
      throw refusals.malformed("Only a Bundle of type batch can be sent to this address");
    }
    if (bundle.getEntry().size() > MOST_ENTRIES) {
      throw refusals.malformed("A batch may have at most " + MOST_ENTRIES + " entries");
    }
    return bundle.getEntry();
  }

  private BundleEntryComponent run(BundleEntryComponent entry, ServletRequestDetails request)
      throws IOException, ServletException {
    try {
      var alone = EntryRequest.of(entry, request, fhir, refusals);
      var answer = new EntryResponse(request.getServletResponse());
      request.getServer().service(alone, answer);
      return answered(answer);
    } catch (BaseServerResponseException unusable) {
      var answered = new BundleEntryComponent();
      answered.getResponse().setStatus(status(unusable.getStatusCode()));
      answered.getResponse().setOutcome((Resource) unusable.getOperationOutcome());
      return answered;
    }
  }

  private BundleEntryComponent answered(EntryResponse answer) {
    var entry = new BundleEntryComponent();
    var response = entry.getResponse();
    response.setStatus(status(answer.getStatus()));
    response.setLocation(answer.getHeader("Location"));
    response.setEtag(answer.getHeader("ETag"));
    var body = answer.body();
    if (!body.isEmpty()) {
      var resource = (Resource) fhir.newJsonParser().parseResource(body);
      if (answer.getStatus() < 400) {
        entry.setResource(resource);
      } else {
        response.setOutcome(resource);
      }
    }
    return entry;
  }

  private static String status(int code) {
    var reason = HttpStatus.resolve(code);
    return reason == null ? String.valueOf(code) : code + " " + reason.getReasonPhrase();
  }
}
