package dev.latchkey.authorize;

import dev.latchkey.launch.Launch;
import dev.latchkey.launch.Launches;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Begins a pending authorization for a request that passed its checks.
public record AuthorizationStart(Transactions transactions, Launches launches, Entropy entropy) {
  /// Uses up the launch, if there is one, and keeps the transaction.
  ///
  /// @param browser the value of the browser's binding cookie
  /// @return the handle for the pages that follow; empty when another request was faster to use the
  ///   launch
  public Optional<TransactionId> begin(
      AuthorizeOutcome.Interact asked, String browser, Instant now) {
    var request = asked.request();
    return asked.launch().isEmpty()
        ? Optional.of(keep(request, null, browser, now))
        : asked
            .launch()
            .flatMap(handle -> launches.use(handle, request.client(), entropy.value(), now))
            .map(launch -> keep(request, launch, browser, now));
  }

  private TransactionId keep(
      AuthorizationRequest request, @Nullable Launch launch, String browser, Instant now) {
    var id = TransactionId.fresh(entropy);
    transactions.begin(
        new Transaction(
            id.hash(),
            request,
            SecretHash.of(browser),
            null,
            null,
            null,
            launch,
            Lifetimes.after(now.getEpochSecond(), Lifetimes.TRANSACTION)));
    return id;
  }
}
