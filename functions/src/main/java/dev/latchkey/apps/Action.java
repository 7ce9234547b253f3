package dev.latchkey.apps;

import java.util.Arrays;
import java.util.Optional;

/// What a form below `/apps/` does.
enum Action {
  SIGN_IN("sign-in"),
  /// Where a browser comes back from the organisation's portal, no form.
  PORTAL("portal"),
  SIGN_OUT("sign-out"),
  TAKE_BACK("take-back"),
  TAKE_BACK_APP("take-back-app"),
  TAKE_BACK_EVERYTHING("take-back-everything"),
  /// The only one with a page of its own.
  PASSWORD("password");

  private final String path;

  Action(String path) {
    this.path = path;
  }

  static Optional<Action> of(String path) {
    return Arrays.stream(values()).filter(action -> action.path.equals(path)).findFirst();
  }
}
