package dev.latchkey.contract;

import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.http.Json;
import dev.latchkey.secret.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Proofs that prove nothing, each wrong in one way: those of the OpenID Foundation's list, and
/// some more (RFC 9449 section 4.3).
public enum WrongProof {
  NO_JWT("no signed JWT"),
  EMPTY("no signed JWT"),
  TOO_LONG("longer than"),
  TWO_OF_THEM("one DPoP header"),
  TYPE_OF_ANOTHER_JWT("typ"),
  NO_TYPE("typ"),
  UNSIGNED("no signed JWT"),
  NO_ALGORITHM("no signed JWT"),
  SIGNED_WITH_WHAT_EVERYBODY_KNOWS("Sign the DPoP proof with one of"),
  ALGORITHM_OF_ANOTHER_CURVE("fits its alg"),
  ALGORITHM_OF_ANOTHER_KIND_OF_KEY("fits its alg"),
  UNKNOWN_EXTENSION("extension"),
  PRIVATE_KEY("public key"),
  NO_KEY("jwk"),
  KEY_OF_SOMEBODY_ELSE("signature"),
  CHANGED_AFTER_SIGNING("signature"),
  NO_ID("jti"),
  BLANK_ID("jti"),
  NUMBER_AS_ID("no signed JWT"),
  NO_METHOD("htm"),
  NO_URL("htu"),
  NO_TIME("iat"),
  ANOTHER_METHOD("htm"),
  METHOD_IN_SMALL_LETTERS("htm"),
  ANOTHER_HOST("htu"),
  ANOTHER_PORT("htu"),
  ANOTHER_PATH("htu"),
  ANOTHER_SCHEME("htu"),
  NO_HOST("htu"),
  NOT_A_URL("htu"),
  A_SECOND_TOO_OLD("iat"),
  A_SECOND_TOO_EARLY("iat");

  /// Something that the answer says about it.
  public final String reason;

  WrongProof(String reason) {
    this.reason = reason;
  }

  /// Spoils a proof that nothing is wrong with.
  ///
  /// @return the value of the DPoP header
  public String of(DpopProof proof) {
    var url = proof.text("htu");
    var host = URI.create(url).getAuthority();
    return switch (this) {
      case NO_JWT -> "x";
      case EMPTY -> "";
      case TOO_LONG -> proof.claim("more", "x".repeat(4096)).signed();
      case TWO_OF_THEM -> proof.signed() + "," + proof.signed();
      case TYPE_OF_ANOTHER_JWT -> proof.header("typ", "JWT").signed();
      case NO_TYPE -> proof.header("typ", null).signed();
      case UNSIGNED -> proof.header("alg", "none").unsigned() + ".";
      case NO_ALGORITHM -> proof.header("alg", null).signed();
      case SIGNED_WITH_WHAT_EVERYBODY_KNOWS -> hmac(proof);
      case ALGORITHM_OF_ANOTHER_CURVE -> proof.header("alg", "ES384").signed();
      case ALGORITHM_OF_ANOTHER_KIND_OF_KEY -> proof.header("alg", "RS256").signed();
      case UNKNOWN_EXTENSION -> proof.header("crit", List.of("x")).header("x", true).signed();
      case PRIVATE_KEY -> withKey(proof, proof.key().toJSONString());
      case NO_KEY -> proof.header("jwk", null).signed();
      case KEY_OF_SOMEBODY_ELSE ->
          withKey(proof, DpopKey.make().key().toPublicJWK().toJSONString());
      case CHANGED_AFTER_SIGNING -> changed(proof);
      case NO_ID -> proof.claim("jti", null).signed();
      case BLANK_ID -> proof.claim("jti", " ").signed();
      case NUMBER_AS_ID -> proof.claim("jti", 7).signed();
      case NO_METHOD -> proof.claim("htm", null).signed();
      case NO_URL -> proof.claim("htu", null).signed();
      case NO_TIME -> proof.claim("iat", null).signed();
      case ANOTHER_METHOD -> proof.claim("htm", "DELETE").signed();
      case METHOD_IN_SMALL_LETTERS ->
          proof.claim("htm", proof.text("htm").toLowerCase(Locale.ROOT)).signed();
      case ANOTHER_HOST -> proof.claim("htu", url.replace(host, "attacker.example")).signed();
      case ANOTHER_PORT -> proof.claim("htu", url.replace(host, host + ":1")).signed();
      case ANOTHER_PATH -> proof.claim("htu", url + "/other").signed();
      case ANOTHER_SCHEME -> proof.claim("htu", withOtherScheme(url)).signed();
      case NO_HOST -> proof.claim("htu", URI.create(url).getPath()).signed();
      case NOT_A_URL -> proof.claim("htu", "http://a b").signed();
      case A_SECOND_TOO_OLD -> proof.claim("iat", proof.number("iat") - 61).signed();
      case A_SECOND_TOO_EARLY -> proof.claim("iat", proof.number("iat") + 61).signed();
    };
  }

  private static String withKey(DpopProof proof, String jwk) {
    return proof.header("jwk", Json.readObject(jwk)).signed();
  }

  private static String withOtherScheme(String url) {
    return url.startsWith("https:") ? "http" + url.substring(5) : "https" + url.substring(4);
  }

  /// The public key as the secret (RFC 8725 section 2.1).
  private static String hmac(DpopProof proof) {
    var text = proof.header("alg", "HS256").unsigned();
    var secret = proof.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    var tag = Hmac.of(secret, text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + Base64URL.encode(tag);
  }

  private static String changed(DpopProof proof) {
    var signature = proof.signed().replaceFirst(".*\\.", "");
    return proof.claim("more", true).unsigned() + "." + signature;
  }
}
