package dev.latchkey.interaction;

import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.portal.PortalNotice;

/// Sign-in at the organisation's portal: leads there a browser that is not signed in here.
record PortalSignInStep(PortalDoor door, Joining joining, ServerIdentity identity)
    implements InteractionStep {
  /// A parameter of the page's address, for somebody who wants to sign in as somebody else.
  private static final String ANEW = "anew";

  @Override
  public Response show(Visit visit) {
    return joining
        .asIs(visit)
        .orElseGet(
            () ->
                Joining.wishes(visit).noPage()
                    ? PortalNotice.SIGN_IN.page(visit.language(), address(visit))
                    : leave(visit, visit.form().get(ANEW).isPresent()));
  }

  /// There is no form here. Whoever sends one is led on.
  @Override
  public Response submit(Visit visit) {
    return show(visit);
  }

  /// To the portal, with what the app wishes of the sign-in.
  ///
  /// @param anew whether they have to sign in there once more, whatever the app wishes
  Response leave(Visit visit, boolean anew) {
    return door.leave(place(visit), wishes(visit, anew), visit.now())
        .map(Response::seeOther)
        .map(away -> away.withHeader("cache-control", "no-store"))
        .orElseGet(() -> PortalNotice.UNREACHABLE.page(visit.language(), address(visit)));
  }

  static PortalDoor.Place place(Visit visit) {
    return new PortalDoor.Place("/interaction/portal", visit.id().value(), visit.cookie());
  }

  /// Of the sign-in of this transaction.
  String address(Visit visit) {
    return Step.SIGN_IN.url(identity, visit.id());
  }

  /// The same for somebody who wants to sign in as somebody else.
  static String addressAnew(ServerIdentity identity, Visit visit) {
    return Step.SIGN_IN.url(identity, visit.id()) + "&" + ANEW + "=1";
  }

  private static Portal.Wishes wishes(Visit visit, boolean anew) {
    var wishes = Joining.wishes(visit);
    var notBefore = wishes.notBefore();
    var maxAge =
        notBefore == SignInWishes.ANY || notBefore == SignInWishes.ANEW
            ? Portal.Wishes.ANY_AGE
            : Math.max(0, visit.now().getEpochSecond() - notBefore);
    return new Portal.Wishes(
        wishes.loginHint(), wishes.uiLocales(), maxAge, anew || notBefore == SignInWishes.ANEW);
  }
}
