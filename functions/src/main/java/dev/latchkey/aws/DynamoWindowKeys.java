package dev.latchkey.aws;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.signing.KeptWindowKeys;
import java.text.ParseException;
import java.time.LocalDate;
import java.util.List;

/// Window keys in DynamoDB: partition `D` of table `registry`, an item for each day and for each
/// key that certified one.
public final class DynamoWindowKeys implements KeptWindowKeys {
  private static final String PARTITION = "D";
  private static final String CERTIFICATE = "cert";

  private final DynamoTable table;

  public DynamoWindowKeys(DynamoTable table) {
    this.table = table;
  }

  /// A window key as it is kept.
  ///
  /// @param certificate a JWT with the claims of [WindowKey#claims]
  record Stored(String certificate, byte[] wrapped) {}

  /// All there are. Whether they are genuine is not looked at.
  List<Stored> all() {
    return table.partition(PARTITION).stream()
        .map(item -> new Stored(item.text(CERTIFICATE), item.bytes("wrapped")))
        .toList();
  }

  /// Keeps the first one of a day. Whoever is second finds it at the next look.
  void putIfAbsent(LocalDate day, String certifier, Stored stored) {
    var key = Key.of(PARTITION, day + "#" + certifier);
    var _ =
        table.putIfAbsent(
            key,
            Item.at(key)
                .text(CERTIFICATE, stored.certificate())
                .bytes("wrapped", stored.wrapped())
                .number("ttl", WindowKey.removedAt(day).getEpochSecond())
                .build());
  }

  @Override
  public List<Kept> list() {
    return table.partition(PARTITION).stream().map(DynamoWindowKeys::named).toList();
  }

  @Override
  public void remove(Kept key) {
    table.delete(Key.of(PARTITION, key.id()));
  }

  private static Kept named(Item item) {
    var id = item.text("sk");
    try {
      var certified = SignedJWT.parse(item.text(CERTIFICATE)).getJWTClaimsSet();
      var key = WindowKey.of(certified, "", new byte[0]);
      return new Kept(id, key.day().toString(), key.publicKey().getKeyID());
    } catch (ParseException | RuntimeException unreadable) {
      return new Kept(id, id, "");
    }
  }
}
