package dev.latchkey.interaction;

import dev.latchkey.account.User;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.TransactionId;
import dev.latchkey.client.Client;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Language;
import dev.latchkey.http.Parameters;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// A request of the browser that a pending authorization belongs to, after every check of
/// [Admission].
///
/// @param cookie value of the cookie that the transaction is bound to: the browser's before
///   sign-in, the session's after it
/// @param user who signed in for this transaction
/// @param session value of the session cookie, which may be of an earlier sign-in in this browser
/// @param form the posted fields, on a GET those of the query
/// @param language in which the pages speak
record Visit(
    TransactionId id,
    Transaction transaction,
    Client client,
    String cookie,
    Optional<User> user,
    Optional<String> session,
    Parameters form,
    Language language,
    Instant now) {

  /// For the hidden field of a form on the answer.
  String csrf() {
    return CsrfToken.of(cookie, id.value());
  }

  Refusals refusals() {
    return new Refusals(language);
  }

  SecretHash browser() {
    return transaction.browser();
  }

  @Override
  public String toString() {
    return "Visit[redacted]";
  }
}
