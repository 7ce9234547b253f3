package dev.latchkey.contract;

import dev.latchkey.wiring.Settings;

/// Deployments that sign access tokens with window keys.
public final class WindowKeysOn {
  private WindowKeysOn() {}

  /// Over tables and keys of its own.
  public static LocalWiring start() {
    var other = LocalWiring.start();
    return LocalWiring.over(with(other.settings()), other.aws());
  }

  /// The same settings, with window keys.
  public static Settings with(Settings settings) {
    return new Settings(
        settings.identity(),
        settings.signingKeys(),
        settings.tokenKeyArn(),
        settings.keySetFunction(),
        settings.tables(),
        settings.region(),
        settings.awsEndpoint(),
        settings.registration(),
        settings.remembersConsent(),
        settings.signIn(),
        true);
  }
}
