package dev.latchkey.sandbox.access;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.token.TokenType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/// Accepts an access token for `/fhir/*`, or answers why not (RFC 6750 section 3).
///
/// Public are `/fhir/metadata` and the `.well-known` documents, which the functions serve. Paths
/// are compared as sent, without decoding or normalising, so that no other spelling is public; and
/// the interceptors behind this filter refuse whatever arrives without a token.
public final class BearerTokenFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String METADATA = "/fhir/metadata";
  private static final String WELL_KNOWN = "/fhir/.well-known/";
  private static final String RETRY_AFTER_SECONDS = "5";

  private final transient Function<String, Verdict> verify;
  private final transient Possession possession;
  private final transient RefusedTokens refusedTokens;
  private final transient Challenges challenges;
  private final transient FhirContext fhir;

  /// @param verify judges a compact token; may throw [StateUnavailable]
  /// @param possession judges the proof that comes with an accepted one
  /// @param refusedTokens takes down who came with one that is not accepted
  public BearerTokenFilter(
      Function<String, Verdict> verify,
      Possession possession,
      RefusedTokens refusedTokens,
      Challenges challenges,
      FhirContext fhir) {
    this.verify = verify;
    this.possession = possession;
    this.refusedTokens = refusedTokens;
    this.challenges = challenges;
    this.fhir = fhir;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getMethod().equals("OPTIONS")) {
      CrossOrigin.answerPreflight(response);
      return;
    }
    CrossOrigin.allow(response);
    if (request.getRequestURI().startsWith(WELL_KNOWN) || isMetadata(request)) {
      chain.doFilter(new PlainRequest(request), response);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    switch (Credentials.of(request)) {
      case Credentials.None() ->
          refuse(response, 401, challenges.plain(), "Send an access token for this request");
      case Credentials.Unusable(var reason) ->
          refuse(response, 401, challenges.invalidToken(TokenType.BEARER, reason), reason);
      case Credentials.Several() -> refuseSeveral(response);
      case Credentials.Token token -> judge(token, request, response, chain);
    }
  }

  private static boolean isMetadata(HttpServletRequest request) {
    return request.getRequestURI().equals(METADATA)
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  private void refuseSeveral(HttpServletResponse response) throws IOException {
    var reason = "Send exactly one access token";
    refuse(response, 400, challenges.invalidRequest(reason), reason);
  }

  private void judge(
      Credentials.Token credential,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Verdict verdict;
    Optional<OAuthFailure> problem;
    try {
      verdict = verify.apply(credential.token());
      problem =
          verdict instanceof Verdict.Accepted(_, var claims)
              ? possession.problem(credential, claims, request)
              : Optional.empty();
      if (credential.type() == TokenType.DPOP) {
        response.setHeader("DPoP-Nonce", possession.freshNonce());
      }
    } catch (StateUnavailable outage) {
      answerOutage(response);
      return;
    }
    switch (verdict) {
      case Verdict.Refused refused -> {
        refusedTokens.takeDown(credential.token(), refused);
        var reason = refused.reason();
        refuse(response, 401, challenges.invalidToken(credential.type(), reason), reason);
      }
      case Verdict.Accepted(var accepted, _) -> {
        if (problem.isPresent()) {
          var failure = problem.get();
          refusedTokens.takeDown(credential.token(), accepted, failure);
          refuse(response, 401, challenges.dpop(failure), failure.description());
        } else {
          accepted.attachTo(request);
          chain.doFilter(new PlainRequest(request), response);
        }
      }
    }
  }

  private void refuse(HttpServletResponse response, int status, String challenge, String reason)
      throws IOException {
    response.setHeader(Challenges.HEADER, challenge);
    if (!challenge.startsWith("DPoP ")) {
      response.addHeader(Challenges.HEADER, challenges.dpop());
    }
    write(response, status, status == 400 ? IssueType.INVALID : IssueType.LOGIN, reason);
  }

  private void answerOutage(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    write(
        response,
        503,
        IssueType.TRANSIENT,
        "The access token could not be checked just now. Try again in a few seconds");
  }

  private void write(HttpServletResponse response, int status, IssueType code, String text)
      throws IOException {
    var outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(code).setDiagnostics(text);
    var body =
        fhir.newJsonParser().encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/fhir+json;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
