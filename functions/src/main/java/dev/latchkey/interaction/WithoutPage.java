package dev.latchkey.interaction;

import dev.latchkey.authorize.AuthorizeOutcome.NoPage;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Response;

/// For an app that wants no page (`prompt=none`): whatever page a step would show, whichever that
/// is, the app gets an error in its place and the pending authorization ends (OpenID Connect Core
/// section 3.1.2.1).
record WithoutPage(Transactions transactions, CodeIssue codes) {
  private static final int ELSEWHERE = 303;

  /// @param answer what the step would answer to anybody
  Response orAsItIs(Response answer, Step step, Visit visit) {
    var isWanted = answer.status() == ELSEWHERE || !visit.transaction().request().wishes().noPage();
    return isWanted || !transactions.decide(visit.transaction().handle(), visit.now())
        ? answer
        : Response.seeOther(codes.refuse(visit.transaction(), neededFor(step)));
  }

  private static OAuthFailure neededFor(Step step) {
    return switch (step) {
      case SIGN_IN, SIGN_OUT, PORTAL -> NoPage.LOGIN_REQUIRED;
      case PATIENT, ENCOUNTER -> NoPage.INTERACTION_REQUIRED;
      case CONSENT -> NoPage.CONSENT_REQUIRED;
    };
  }
}
