package dev.latchkey.endpoint;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The items of window keys, for whoever can write to the table.
record WindowKeyItems(LocalWiring local) {
  private static final String CERTIFICATE = "cert";

  List<Map<String, AttributeValue>> all() {
    return local
        .aws()
        .dynamoDb()
        .query(
            query ->
                query
                    .tableName(table())
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("D"))))
        .items();
  }

  String certificate() {
    return value(all().getFirst(), CERTIFICATE).s();
  }

  /// Adds an item like the first one with another certificate.
  void add(String certificate) {
    var there = all();
    var changed = new HashMap<>(there.getFirst());
    changed.put("sk", AttributeValue.fromS(value(changed, "sk").s() + there.size()));
    changed.put(CERTIFICATE, AttributeValue.fromS(certificate));
    local.aws().dynamoDb().putItem(put -> put.tableName(table()).item(changed));
  }

  void deleteAll() {
    for (var item : all()) {
      var key = Map.of("pk", value(item, "pk"), "sk", value(item, "sk"));
      local.aws().dynamoDb().deleteItem(delete -> delete.tableName(table()).key(key));
    }
  }

  /// The private half of one, for whoever may also unwrap it.
  ECPrivateKey privateKey(String keyId) throws ParseException, GeneralSecurityException {
    for (var item : all()) {
      var claims = SignedJWT.parse(value(item, CERTIFICATE).s()).getJWTClaimsSet();
      if (keyId.equals(claims.getJSONObjectClaim("jwk").get("kid"))) {
        var context = Map.of("use", "window", "day", claims.getStringClaim("day"));
        var plaintext =
            local
                .aws()
                .kms()
                .decrypt(
                    decrypt ->
                        decrypt
                            .keyId(InProcessKms.TOKEN_KEY)
                            .ciphertextBlob(value(item, "wrapped").b())
                            .encryptionContext(context))
                .plaintext();
        var spec = new PKCS8EncodedKeySpec(plaintext.asByteArray());
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
      }
    }
    throw new IllegalStateException("There is no window key " + keyId);
  }

  private String table() {
    return local.settings().tables().registry();
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name));
  }
}
