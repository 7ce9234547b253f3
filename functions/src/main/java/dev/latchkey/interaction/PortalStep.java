package dev.latchkey.interaction;

import dev.latchkey.authorize.AuthorizeOutcome;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.authorize.WayBack;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.PortalDoor;

/// The way back from the organisation's portal.
record PortalStep(
    PortalDoor door,
    PortalSignInStep signIn,
    Joining joining,
    Transactions transactions,
    ServerIdentity identity)
    implements InteractionStep {

  /// An answer that comes a second time, since somebody went back a page, changes nothing.
  @Override
  public Response show(Visit visit) {
    return visit.user().isPresent()
        ? Response.seeOther(NextStep.of(visit).url(identity, visit.id()))
        : comeBack(visit);
  }

  @Override
  public Response submit(Visit visit) {
    return show(visit);
  }

  private Response comeBack(Visit visit) {
    var notBefore = Joining.wishes(visit).notBefore();
    var place = PortalSignInStep.place(visit);
    return switch (door.comeBack(place, visit.form(), notBefore, visit.now())) {
      case PortalDoor.Outcome.Arrived arrived ->
          joining
              .refusal(visit, arrived.user().account())
              .orElseGet(() -> joining.signedIn(visit, door.open(arrived, visit.now())));
      case PortalDoor.Outcome.TooLongAgo() -> signIn.leave(visit, true);
      case PortalDoor.Outcome.Declined() -> decline(visit);
      case PortalDoor.Outcome.Problem(var notice) ->
          notice.page(visit.language(), signIn.address(visit));
    };
  }

  /// Nobody signed in, so only an app that somebody answers for is told without a page between (RFC
  /// 9700 section 4.11.2).
  private Response decline(Visit visit) {
    return transactions.decide(visit.transaction().handle(), visit.now())
        ? WayBack.to(
            AuthorizeOutcome.RedirectError.of(
                visit.transaction().request(), visit.client(), CodeIssue.DENIED),
            identity)
        : visit.refusals().ended();
  }
}
