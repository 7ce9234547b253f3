package dev.latchkey.interaction;

import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.TransactionId;
import dev.latchkey.client.Client;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Language;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.RequestOrigin;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides whether a request belongs to a pending authorization of the browser that sends it, and
/// whether a posted form comes from our own page.
final class Admission {
  /// The widest consent form, every type and category in every spelling, stays well below.
  private static final int LONGEST_BODY = 128 * 1024;

  private static final int LONGEST_HANDLE = 100;

  /// Whether a request may go on.
  sealed interface Outcome {
    record Admitted(Visit visit) implements Outcome {}

    record Refused(Response page) implements Outcome {}
  }

  private record Arrival(
      Request request, Step step, Parameters parameters, ServerIdentity identity) {
    /// The portal brings the handle back within the state that it was given.
    Optional<String> handle() {
      var handle = step == Step.PORTAL ? Attempt.page(parameters) : parameters.get("txn");
      return handle.filter(txn -> txn.length() <= LONGEST_HANDLE);
    }

    boolean isPost() {
      return request.method().equals("POST");
    }

    Refusals refusals() {
      return Refusals.of(request);
    }
  }

  private record Found(Arrival arrival, Visit visit) {}

  /// Empty when the subject passes.
  private interface Check<T> {
    Optional<Response> refuse(T subject);
  }

  /// Looked at in this order, before anything is read from a store.
  private static final List<Check<Arrival>> REQUEST_CHECKS =
      List.of(
          Admission::isGetOrPost,
          Admission::isOfBearableSize,
          Admission::isReadable,
          Admission::comesFromOurSite,
          Admission::namesATransaction);

  private final InteractionStores stores;
  private final ServerIdentity identity;
  private final Cookies cookies;

  /// Looked at in this order, once the pending transaction is found.
  private final List<Check<Found>> visitChecks =
      List.of(
          Admission::isTheBrowserOfTheTransaction,
          Admission::carriesTheCsrfToken,
          this::isStillSignedIn);

  Admission(InteractionStores stores, ServerIdentity identity) {
    this.stores = stores;
    this.identity = identity;
    this.cookies = Cookies.forIssuer(identity.issuer());
  }

  Outcome admit(Request request, Step step, Instant now) {
    var isPost = request.method().equals("POST");
    var arrival = new Arrival(request, step, isPost ? request.form() : request.query(), identity);
    var refusal = first(REQUEST_CHECKS, arrival);
    return refusal.<Outcome>map(Outcome.Refused::new).orElseGet(() -> admit(arrival, now));
  }

  private Outcome admit(Arrival arrival, Instant now) {
    var id = new TransactionId(arrival.handle().orElseThrow());
    var transaction = stores.transactions().find(id.hash(), now);
    var client =
        transaction
            .flatMap(found -> stores.clients().find(found.request().client()))
            .filter(app -> app.registration().isUsable(now.getEpochSecond()));
    if (transaction.isEmpty() || client.isEmpty()) {
      return new Outcome.Refused(arrival.refusals().ended());
    }
    var visit = visit(arrival, id, transaction.get(), client.get(), now);
    return first(visitChecks, new Found(arrival, visit))
        .<Outcome>map(Outcome.Refused::new)
        .orElseGet(() -> new Outcome.Admitted(visit));
  }

  private Visit visit(
      Arrival arrival, TransactionId id, Transaction transaction, Client client, Instant now) {
    var session = cookies.read(arrival.request(), Cookies.SESSION);
    var signedIn = transaction.signedInUser();
    var bound = signedIn.isPresent() ? session : cookies.read(arrival.request(), Cookies.BROWSER);
    var user =
        signedIn.flatMap(
            who ->
                stores
                    .users()
                    .find(who.username())
                    .filter(found -> found.subject().equals(who.subject())));
    var language =
        Language.preferred(
            Optional.ofNullable(transaction.request().wishes().uiLocales()),
            arrival.request().header("accept-language"));
    return new Visit(
        id,
        transaction,
        client,
        bound.orElse(""),
        user,
        session,
        arrival.parameters(),
        language,
        now);
  }

  private static Optional<Response> isGetOrPost(Arrival arrival) {
    return when(
        !arrival.isPost() && !arrival.request().method().equals("GET"),
        arrival.refusals()::wrongMethod);
  }

  private static Optional<Response> isOfBearableSize(Arrival arrival) {
    return when(arrival.request().body().length > LONGEST_BODY, arrival.refusals()::tooLarge);
  }

  /// Check boxes may repeat, nothing else.
  private static Optional<Response> isReadable(Arrival arrival) {
    return arrival.parameters().problemExcept("scope").map(arrival.refusals()::unreadable);
  }

  private static Optional<Response> comesFromOurSite(Arrival arrival) {
    return when(
        arrival.isPost() && RequestOrigin.isForeign(arrival.request(), arrival.identity().issuer()),
        arrival.refusals()::foreignForm);
  }

  private static Optional<Response> namesATransaction(Arrival arrival) {
    return when(arrival.handle().isEmpty(), arrival.refusals()::noTransaction);
  }

  private static Optional<Response> isTheBrowserOfTheTransaction(Found found) {
    return when(
        !found.visit().browser().matches(found.visit().cookie()),
        found.visit().refusals()::otherBrowser);
  }

  private static Optional<Response> carriesTheCsrfToken(Found found) {
    var visit = found.visit();
    var token = visit.form().get("csrf").orElse("");
    return when(
        found.arrival().isPost() && !CsrfToken.matches(token, visit.cookie(), visit.id().value()),
        visit.refusals()::foreignForm);
  }

  /// Also moves the idle limit: whoever acts is there.
  private Optional<Response> isStillSignedIn(Found found) {
    var visit = found.visit();
    return visit
        .transaction()
        .signedInUser()
        .flatMap(
            signedIn -> {
              var live =
                  stores
                      .sessions()
                      .stays(
                          visit.browser(),
                          signedIn.subject(),
                          signedIn.authenticatedAt(),
                          signedIn.sessionEndsAt(),
                          visit.now());
              return when(!live || visit.user().isEmpty(), visit.refusals()::signedOut);
            });
  }

  private static Optional<Response> when(boolean wrong, Supplier<Response> page) {
    return wrong ? Optional.of(page.get()) : Optional.empty();
  }

  private static <T> Optional<Response> first(List<Check<T>> checks, T subject) {
    return checks.stream().flatMap(check -> check.refuse(subject).stream()).findFirst();
  }
}
