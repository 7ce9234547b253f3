package dev.latchkey.http;

import java.util.function.Function;

/// A value, or the refusal that the caller gets instead.
public sealed interface Outcome<T> {
  record Success<T>(T value) implements Outcome<T> {}

  record Refused<T>(OAuthFailure failure) implements Outcome<T> {}

  static <T> Outcome<T> success(T value) {
    return new Success<>(value);
  }

  static <T> Outcome<T> refused(OAuthFailure failure) {
    return new Refused<>(failure);
  }

  /// Goes on with the value, if there is one.
  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Success<T>(var value) -> next.apply(value);
      case Refused<T>(var failure) -> refused(failure);
    };
  }
}
