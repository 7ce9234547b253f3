package dev.latchkey.sandbox.portal;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.net.URI;
import net.minidev.json.JSONObject;

/// The endpoints that a SMART configuration names.
record Endpoints(URI authorization, URI token, URI revocation, URI keys) {
  static Endpoints of(JSONObject configuration) throws ParseException {
    return new Endpoints(
        JSONObjectUtils.getURI(configuration, "authorization_endpoint"),
        JSONObjectUtils.getURI(configuration, "token_endpoint"),
        JSONObjectUtils.getURI(configuration, "revocation_endpoint"),
        JSONObjectUtils.getURI(configuration, "jwks_uri"));
  }
}
