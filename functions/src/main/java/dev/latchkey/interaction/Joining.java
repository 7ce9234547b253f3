package dev.latchkey.interaction;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.User;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// Ties a pending authorization to whoever signed in for it.
///
/// A browser that signs in gets a new session id, and the transaction moves to it: what somebody
/// planted before is worth nothing afterwards (RFC 6819 section 4.4.1.10).
record Joining(BrowserSessions sessions, Transactions transactions, ServerIdentity identity) {

  /// Goes on without a sign-in in a browser that is signed in already, recently enough for the app.
  Optional<Response> asIs(Visit visit) {
    if (visit.user().isPresent()) {
      return Optional.of(goOn(visit, NextStep.of(visit)));
    }
    return visit
        .session()
        .flatMap(cookie -> sessions.live(cookie, visit.now()))
        .filter(
            found ->
                wishes(visit).accept(found.user().subject(), found.session().authenticatedAt()))
        .map(signedIn -> join(visit, signedIn));
  }

  /// Whether this user must not go on with this transaction, and what they are told.
  Optional<Response> refusal(Visit visit, User user) {
    if (isForSomebodyElse(visit, user)) {
      return Optional.of(visit.refusals().openedBySomebodyElse());
    }
    return wishes(visit).isFor(user.subject())
        ? Optional.empty()
        : Optional.of(visit.refusals().somebodyElseExpected());
  }

  /// Goes on with a session that was opened just now for a user who is not refused.
  Response signedIn(Visit visit, BrowserSessions.SignedIn opened) {
    var bound = bound(visit, opened);
    if (!transactions.update(bound, visit.browser(), visit.now())) {
      sessions.end(opened.cookie(), visit.now());
      return visit.refusals().ended();
    }
    visit.session().ifPresent(before -> sessions.end(before, visit.now()));
    return goOn(visit, NextStep.of(bound, Optional.of(opened.user())))
        .withCookie(Cookies.forIssuer(identity.issuer()).set(Cookies.SESSION, opened.cookie()));
  }

  static SignInWishes wishes(Visit visit) {
    return visit.transaction().request().wishes();
  }

  private Response join(Visit visit, BrowserSessions.SignedIn signedIn) {
    if (isForSomebodyElse(visit, signedIn.user())) {
      return visit.refusals().openedBySomebodyElse();
    }
    var bound = bound(visit, signedIn);
    return transactions.update(bound, visit.browser(), visit.now())
        ? goOn(visit, NextStep.of(bound, Optional.of(signedIn.user())))
        : visit.refusals().ended();
  }

  /// Whether an EHR opened the app in the hands of another user, whose context this one must not
  /// get (SMART 2.2, `launch`; threat T63).
  private static boolean isForSomebodyElse(Visit visit, User user) {
    return visit
        .transaction()
        .ehrLaunch()
        .filter(launch -> !launch.subject().equals(user.subject()))
        .isPresent();
  }

  private static Transaction bound(Visit visit, BrowserSessions.SignedIn signedIn) {
    var bound =
        visit.transaction().signedInAs(forTransaction(signedIn), SecretHash.of(signedIn.cookie()));
    return NextStep.withOnlyPatient(bound, signedIn.user());
  }

  private static SignedInUser forTransaction(BrowserSessions.SignedIn signedIn) {
    var session = signedIn.session();
    return new SignedInUser(
        signedIn.user().username(),
        signedIn.user().subject(),
        session.authenticatedAt(),
        session.endsAt(),
        session.assurance());
  }

  private Response goOn(Visit visit, Step step) {
    return Response.seeOther(step.url(identity, visit.id()));
  }
}
