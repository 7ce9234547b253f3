package dev.latchkey.contract;

import dev.latchkey.wiring.Settings;

/// Deployments that sign access tokens with window keys.
public final class WindowKeysOn {
  private WindowKeysOn() {}

  /// Over tables and keys of its own.
  public static LocalWiring start() {
    var other = LocalWiring.start();
    return LocalWiring.over(with(other.settings(), true), other.aws());
  }

  /// The same settings, with window keys or without.
  public static Settings with(Settings settings, boolean isOn) {
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
        isOn);
  }
}
