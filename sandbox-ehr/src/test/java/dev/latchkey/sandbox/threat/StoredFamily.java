package dev.latchkey.sandbox.threat;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.family.FamilyId;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The item of a family, as it was when it was read.
record StoredFamily(LocalWiring local, Map<String, AttributeValue> item) {

  static StoredFamily of(LocalWiring local, RefreshToken token) {
    var id = FamilyId.of(Arrays.copyOfRange(Forgeries.bytes(token), 1, 1 + FamilyId.BYTES));
    var key = Map.of("pk", AttributeValue.fromS("F#" + id), "sk", AttributeValue.fromS("F"));
    var table = local.settings().tables().families();
    return new StoredFamily(
        local,
        local
            .aws()
            .dynamoDb()
            .getItem(get -> get.tableName(table).key(key).consistentRead(true))
            .item());
  }

  boolean isActive() {
    return AttributeValue.fromS("A").equals(item.get("st"));
  }

  /// Puts it back over what has become of it.
  void restore() {
    local
        .aws()
        .dynamoDb()
        .putItem(put -> put.tableName(local.settings().tables().families()).item(item));
  }
}
