package dev.latchkey.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;

/// AWS clients that misbehave as a network does.
public final class Faults {
  private Faults() {}

  /// Reaches nothing.
  public static <C extends SdkClient> C unreachable(Class<C> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, _, _) -> {
              throw SdkClientException.create("Unable to execute HTTP request: Connection refused");
            }));
  }

  /// Reaches nothing while something is so.
  public static <C extends SdkClient> C unreachableWhile(
      Class<C> type, C client, BooleanSupplier isDown) {
    var nothing = unreachable(type);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                call(isDown.getAsBoolean() ? nothing : client, method, arguments)));
  }

  /// Reaches nothing with calls of these names while something is so.
  public static <C extends SdkClient> C unreachableFor(
      Class<C> type, C client, Set<String> calls, BooleanSupplier isDown) {
    var nothing = unreachable(type);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var isCut = calls.contains(method.getName()) && isDown.getAsBoolean();
              return call(isCut ? nothing : client, method, arguments);
            }));
  }

  /// Sends each call twice and gives the second answer: what the SDK does when the first answer is
  /// lost on its way back.
  public static <C extends SdkClient> C sentTwice(Class<C> type, C client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              call(client, method, arguments);
              return call(client, method, arguments);
            }));
  }

  private static @Nullable Object call(Object client, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
