package dev.latchkey.interaction;

import dev.latchkey.authorize.TransactionId;
import dev.latchkey.policy.ServerIdentity;
import java.util.Arrays;
import java.util.Optional;

/// The pages between an app's request and the patient's decision, `/interaction/{step}`.
public enum Step {
  SIGN_IN("sign-in"),
  /// Where a browser comes back from the organisation's portal, no page of its own.
  PORTAL("portal"),
  /// Only for somebody who may act for several patients.
  PATIENT("patient"),
  /// Only for an app that asks for which visit it is used.
  ENCOUNTER("encounter"),
  CONSENT("consent"),
  /// Switches to another user: a form of the other pages, no page of its own.
  SIGN_OUT("sign-out");

  private final String path;

  Step(String path) {
    this.path = path;
  }

  static Optional<Step> of(String path) {
    return Arrays.stream(values()).filter(step -> step.path.equals(path)).findFirst();
  }

  /// Where a browser finds this step of a transaction.
  String url(ServerIdentity identity, TransactionId transaction) {
    return identity.url("/interaction/" + path + "?txn=" + transaction.value());
  }
}
