package dev.latchkey.interaction;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.PortalNotice;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;

/// "Not you?": ends the session and the `online_access` that came from it, and gives the pending
/// authorization back to a browser without one.
///
/// @param atPortal whether people sign in at the organisation's portal, where they stay signed in.
///   The way there begins with a link: a form whose redirects end at another site is stopped by the
///   browser (W3C CSP level 3, section 6.4.1)
record SignOutStep(
    BrowserSessions sessions,
    Transactions transactions,
    boolean atPortal,
    ServerIdentity identity,
    Entropy entropy)
    implements InteractionStep {

  /// Only a form of ours may sign somebody out.
  @Override
  public Response show(Visit visit) {
    return Response.seeOther(NextStep.of(visit).url(identity, visit.id()));
  }

  @Override
  public Response submit(Visit visit) {
    if (visit.user().isEmpty()) {
      return show(visit);
    }
    var browser = entropy.value();
    var signedOut = visit.transaction().signedOut(SecretHash.of(browser));
    if (!transactions.update(signedOut, visit.browser(), visit.now())) {
      return visit.refusals().ended();
    }
    sessions.end(visit.cookie(), visit.now());
    var cookies = Cookies.forIssuer(identity.issuer());
    var next =
        atPortal
            ? PortalNotice.SIGNED_OUT.page(
                visit.language(), PortalSignInStep.addressAnew(identity, visit))
            : Response.seeOther(Step.SIGN_IN.url(identity, visit.id()));
    return next.withCookie(cookies.set(Cookies.BROWSER, browser))
        .withCookie(cookies.clear(Cookies.SESSION));
  }
}
