package dev.latchkey.fault;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/// Which calls suffer what.
@FunctionalInterface
public interface FaultPlan {
  /// Each as likely as the others.
  List<Fault> FAULTS = List.of(Fault.values());

  /// What the next call suffers, if anything.
  ///
  /// @param operation as in the `X-Amz-Target` header, such as `UpdateItem`
  Optional<Fault> next(String operation);

  /// Nothing happens.
  static FaultPlan none() {
    return _ -> Optional.empty();
  }

  /// A share of all calls, each fault as likely as the others.
  static FaultPlan seeded(long seed, double rate) {
    var random = new Random(seed);
    return _ -> {
      synchronized (random) {
        return random.nextDouble() < rate
            ? Optional.of(FAULTS.get(random.nextInt(FAULTS.size())))
            : Optional.empty();
      }
    };
  }

  /// The first call of one operation.
  static FaultPlan once(String operation, Fault fault) {
    var isDone = new AtomicBoolean();
    return called ->
        called.equals(operation) && !isDone.getAndSet(true) ? Optional.of(fault) : Optional.empty();
  }
}
