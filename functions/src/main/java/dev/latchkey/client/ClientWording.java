package dev.latchkey.client;

import dev.latchkey.http.Phrase;
import dev.latchkey.policy.ClientClass;

/// What kind of app it is, in words for patients.
public final class ClientWording {
  private ClientWording() {}

  /// Where it runs.
  public static Phrase place(ApplicationType type) {
    return switch (type) {
      case NATIVE ->
          new Phrase(
              "This app runs on your own phone or computer.",
              "Esta aplicación funciona en su propio teléfono u ordenador.");
      case BROWSER ->
          new Phrase(
              "This app runs in your web browser.", "Esta aplicación funciona en su navegador.");
      case WEB ->
          new Phrase(
              "This app runs on its developer’s server.",
              "Esta aplicación funciona en el servidor de quien la desarrolla.");
    };
  }

  /// Who answers for the name that it goes by.
  public static Phrase origin(IdentityLevel level) {
    return switch (level) {
      case VERIFIED ->
          new Phrase(
              "The people who run this server checked who its developer is.",
              "Quienes administran este servidor comprobaron quién la desarrolla.");
      case REGISTERED ->
          new Phrase(
              "The people who run this server let its developer register it. They did not check the"
                  + " app.",
              "Quienes administran este servidor permitieron registrarla a quien la desarrolla. No"
                  + " comprobaron la aplicación.");
      case UNVERIFIED ->
          new Phrase(
              "Nobody checked who registered this app. Anybody can register an app under any name.",
              "Nadie comprobó quién registró esta aplicación. Cualquiera puede registrar una"
                  + " aplicación con cualquier nombre.");
    };
  }

  /// Whether it proves that it is the app it says it is (RFC 8252 section 8.6).
  public static Phrase proof(ClientClass clientClass) {
    return switch (clientClass) {
      case PUBLIC_BEARER, PUBLIC_NATIVE, PUBLIC_DPOP ->
          new Phrase("It cannot prove to us who made it.", "No puede demostrarnos quién la creó.");
      case PUBLIC_CLAIMED ->
          new Phrase(
              "It has no secret that proves who it is, but its answers go only to its maker’s"
                  + " addresses.",
              "No tiene ningún secreto que demuestre quién es, pero sus respuestas solo van a las"
                  + " direcciones de quien la creó.");
      case CONFIDENTIAL_SECRET ->
          new Phrase(
              "It proves to us with a secret that it is the app that was registered under this"
                  + " name.",
              "Nos demuestra con un secreto que es la aplicación registrada con este nombre.");
      case CONFIDENTIAL_KEY ->
          new Phrase(
              "It proves to us with a key of its own that it is the app that was registered under"
                  + " this name.",
              "Nos demuestra con una clave propia que es la aplicación registrada con este"
                  + " nombre.");
    };
  }
}
