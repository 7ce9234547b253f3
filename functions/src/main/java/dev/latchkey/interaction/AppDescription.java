package dev.latchkey.interaction;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientWording;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.FormTarget;
import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the patient should know about the app before deciding.
///
/// @param redirectUri where this request's answer goes
record AppDescription(Client client, String redirectUri, Language language) {
  static AppDescription of(Visit visit) {
    return new AppDescription(
        visit.client(), visit.transaction().request().redirectUri(), visit.language());
  }

  /// Where it runs, in plain words.
  String place() {
    return ClientWording.place(client.applicationType()).in(language);
  }

  /// How sure we are that it is the app it says it is. A name alone proves nothing: a public app
  /// has no secret, so any other app can send its client_id (RFC 8252 section 8.6).
  String identity() {
    return switch (client.clientClass()) {
      case PUBLIC_BEARER, PUBLIC_NATIVE, PUBLIC_DPOP ->
          new Phrase(
                  "We cannot verify who made this app. Go on only if you opened it yourself and"
                      + " trust it.",
                  "No podemos comprobar quién creó esta aplicación. Continúe solo si la abrió usted"
                      + " y confía en ella.")
              .in(language);
      case PUBLIC_CLAIMED ->
          new Phrase(
                  "It has no secret that proves who it is, but only an app of the owner of %s gets"
                      + " the answer.",
                  "No tiene ningún secreto que demuestre quién es, pero solo una aplicación del"
                      + " propietario de %s recibe la respuesta.")
              .in(language)
              .formatted(destination());
      case CONFIDENTIAL_SECRET, CONFIDENTIAL_KEY ->
          ClientWording.proof(client.clientClass()).in(language);
    };
  }

  boolean isUnverified() {
    return !client.clientClass().isConfidential();
  }

  /// Who answers for its name.
  String origin() {
    return ClientWording.origin(client.registration().level()).in(language);
  }

  /// Whether nobody does.
  boolean isOfAnybody() {
    return client.registration().level() == IdentityLevel.UNVERIFIED;
  }

  /// Who gets the answer.
  String destination() {
    var uri = URI.create(redirectUri);
    if (uri.getHost() == null || !isWeb(uri)) {
      return new Phrase(
              "the app on this device that opens %s: links",
              "la aplicación de este dispositivo que abre los enlaces %s:")
          .in(language)
          .formatted(uri.getScheme());
    }
    return client.applicationType() == ApplicationType.NATIVE && isLoopback(uri.getHost())
        ? new Phrase("an app on this device (%s)", "una aplicación de este dispositivo (%s)")
            .in(language)
            .formatted(uri.getHost())
        : uri.getRawAuthority();
  }

  /// What the app says of itself elsewhere. An app that nobody answers for gets no link on a page
  /// that people trust: it would lead them wherever a stranger wants (RFC 7591 section 5).
  List<ConsentPage.Link> links() {
    if (isOfAnybody()) {
      return List.of();
    }
    return Stream.of(
            link(ConsentText.PRIVACY_POLICY, client.profile().privacyPolicy()),
            link(ConsentText.TERMS_OF_USE, client.profile().terms()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<ConsentPage.Link> link(ConsentText label, @Nullable String address) {
    return Optional.ofNullable(address)
        .map(URI::create)
        .filter(uri -> "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null)
        .map(uri -> new ConsentPage.Link(label.in(language), uri.toString(), uri.getAuthority()));
  }

  FormTarget formTarget() {
    return FormTarget.of(redirectUri);
  }

  private static boolean isWeb(URI uri) {
    return uri.getScheme().equals("https") || uri.getScheme().equals("http");
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("[::1]");
  }
}
