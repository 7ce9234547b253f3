package dev.latchkey.sandbox.portal;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;

/// What the demo app remembers about one browser.
sealed interface DemoSession {
  Endpoints endpoints();

  /// The browser is away at the authorization server.
  ///
  /// @param asked what the app asks for
  record Waiting(Endpoints endpoints, Scope asked, State state, Nonce nonce, CodeVerifier verifier)
      implements DemoSession {}

  /// The app got its tokens.
  ///
  /// @param patient FHIR id from the token response; empty when there is none in it
  /// @param fhirUser who signed in, from the checked ID token; empty when that wasn't granted
  /// @param csrf goes into the forms of the result page
  /// @param notice what happened last, for the page; empty for nothing
  /// @param revoked whether the app gave its access back
  record Connected(
      Endpoints endpoints,
      Scope asked,
      OIDCTokenResponse tokens,
      String patient,
      String fhirUser,
      String csrf,
      String notice,
      boolean revoked)
      implements DemoSession {

    Connected refreshed(OIDCTokenResponse newer, String happened) {
      return new Connected(endpoints, asked, newer, patient, fhirUser, csrf, happened, revoked);
    }

    Connected afterRevocation(String happened) {
      return new Connected(endpoints, asked, tokens, patient, fhirUser, csrf, happened, true);
    }

    Connected told(String happened) {
      return new Connected(endpoints, asked, tokens, patient, fhirUser, csrf, happened, revoked);
    }
  }
}
