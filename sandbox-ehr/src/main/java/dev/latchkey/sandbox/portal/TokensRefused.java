package dev.latchkey.sandbox.portal;

import com.nimbusds.oauth2.sdk.ErrorObject;
import java.io.IOException;
import java.util.Objects;

/// The token endpoint answered with an error (RFC 6749 section 5.2).
final class TokensRefused extends IOException {
  private static final long serialVersionUID = 1L;

  /// Its message is the error code and the description.
  TokensRefused(ErrorObject error) {
    super(error.getCode() + ": " + Objects.requireNonNullElse(error.getDescription(), ""));
  }
}
