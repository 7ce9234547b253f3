package dev.latchkey.authorize;

import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;

/// Begins a pending authorization for a request that passed its checks.
public record AuthorizationStart(Transactions transactions, Entropy entropy) {
  /// Keeps the transaction.
  ///
  /// @param browser the value of the browser's binding cookie
  /// @return the handle for the pages that follow
  public TransactionId begin(AuthorizationRequest request, String browser, Instant now) {
    var id = TransactionId.fresh(entropy);
    transactions.begin(
        new Transaction(
            id.hash(),
            request,
            SecretHash.of(browser),
            null,
            null,
            Lifetimes.after(now.getEpochSecond(), Lifetimes.TRANSACTION)));
    return id;
  }
}
