package dev.latchkey.sandbox.access;

import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationConstants;

/// The order in which the gates see a request. Lower is earlier.
final class Gates {
  static final int BATCH = 10;
  static final int SCOPES = 20;
  static final int RECORD = 30;
  static final int RECORDER = 40;
  static final int RULES = AuthorizationConstants.ORDER_AUTH_INTERCEPTOR;

  private Gates() {}
}
