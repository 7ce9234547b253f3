package dev.latchkey.conformance.app;

/// Kinds of apps with a user.
public enum AppKind {
  PUBLIC("native", "none", "--public"),
  SECRET("web", "client_secret_basic", "--confidential"),
  KEY("web", "private_key_jwt", "--key-app");

  private final String applicationType;
  private final String method;
  private final String option;

  AppKind(String applicationType, String method, String option) {
    this.applicationType = applicationType;
    this.method = method;
    this.option = option;
  }

  /// `application_type` of its registration.
  String applicationType() {
    return applicationType;
  }

  /// `token_endpoint_auth_method` of its registration.
  String method() {
    return method;
  }

  /// Of the command line, which names such an app.
  String option() {
    return option;
  }
}
