package dev.latchkey.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkClient;

/// Counts the calls that reach an AWS client, by operation, such as `updateItem` or `sign`.
///
/// A test resets, acts and reads:
///
/// ```java
/// calls.reset();
/// refresh();
/// assertThat(calls.counts()).containsOnly(entry("getItem", 2), entry("updateItem", 1), entry("sign", 1));
/// ```
public final class CountedCalls {
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  /// The client, counted here. Several clients may share one counter.
  public <C extends SdkClient> C around(Class<C> type, C client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (arguments != null && !method.getName().equals("equals")) {
                counts
                    .computeIfAbsent(method.getName(), _ -> new AtomicInteger())
                    .incrementAndGet();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  public void reset() {
    counts.clear();
  }

  /// How often each operation was called since the last reset; those that were not are left out.
  public Map<String, Integer> counts() {
    var copy = new TreeMap<String, Integer>();
    counts.forEach((operation, count) -> copy.put(operation, count.get()));
    return copy;
  }

  /// How often these operations were called together.
  public int of(String... operations) {
    return Arrays.stream(operations).mapToInt(o -> counts().getOrDefault(o, 0)).sum();
  }

  /// Calls that change a table.
  public int writes() {
    return of("putItem", "updateItem", "deleteItem", "transactWriteItems", "batchWriteItem");
  }

  /// Calls that read a table.
  public int reads() {
    return of("getItem", "query", "scan", "batchGetItem", "transactGetItems");
  }

  /// Signatures made.
  public int signs() {
    return of("sign");
  }
}
