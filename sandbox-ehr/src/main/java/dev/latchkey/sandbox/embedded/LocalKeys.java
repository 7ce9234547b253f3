package dev.latchkey.sandbox.embedded;

import dev.latchkey.secret.Entropy;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kms.model.KeySpec;

/// The two keys of `infra/keys.yaml`, made at the first start and kept in the database, in the
/// clear.
///
/// Not for production: whoever reads the database can sign tokens.
public final class LocalKeys {
  static final String ARN_PREFIX = "arn:aws:kms:local:000000000000:key/";

  private static final String SIGNING = "SigningKey";
  private static final String TOKEN = "TokenKey";

  /// A key and its ARN.
  sealed interface LocalKey {
    String arn();

    /// RSA_2048, SIGN_VERIFY.
    record Signing(String arn, PrivateKey privateKey, PublicKey publicKey) implements LocalKey {}

    /// SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT.
    record Wrapping(String arn, SecretKey secretKey) implements LocalKey {}
  }

  private final JdbcClient sql;
  private final Entropy entropy;

  private LocalKeys(Database database, Entropy entropy) {
    this.sql = database.sql();
    this.entropy = entropy;
  }

  /// Makes the keys that are missing.
  public static LocalKeys in(Database database, Entropy entropy) {
    var keys = new LocalKeys(database, entropy);
    keys.createMissing();
    return keys;
  }

  /// ARN of the RSA key that signs tokens.
  public String signingKeyArn() {
    return arn(SIGNING);
  }

  /// ARN of the symmetric key that wraps the token keys.
  public String tokenKeyArn() {
    return arn(TOKEN);
  }

  /// Every key; a key never changes.
  List<LocalKey> all() {
    return sql.sql("SELECT * FROM local_kms_key").query((row, number) -> key(row)).list();
  }

  private String arn(String name) {
    return ARN_PREFIX
        + sql.sql("SELECT key_id FROM local_kms_key WHERE key_name = :name")
            .param("name", name)
            .query(String.class)
            .single();
  }

  private void createMissing() {
    if (isMissing(SIGNING)) {
      var pair = rsaPair();
      insert(
          SIGNING,
          KeySpec.RSA_2048,
          pair.getPrivate().getEncoded(),
          Optional.of(pair.getPublic().getEncoded()));
    }
    if (isMissing(TOKEN)) {
      insert(TOKEN, KeySpec.SYMMETRIC_DEFAULT, entropy.bytes(32), Optional.empty());
    }
  }

  private boolean isMissing(String name) {
    return sql.sql("SELECT key_id FROM local_kms_key WHERE key_name = :name")
        .param("name", name)
        .query(String.class)
        .optional()
        .isEmpty();
  }

  /// Changes nothing when another process has just made one of that name.
  private void insert(String name, KeySpec spec, byte[] secret, Optional<byte[]> published) {
    sql.sql(
            """
            INSERT INTO local_kms_key (key_name, key_id, key_spec, secret_material, public_material)
            VALUES (:name, :id, :spec, :secret, :published)
            ON CONFLICT DO NOTHING
            """)
        .param("name", name)
        .param("id", UUID.nameUUIDFromBytes(entropy.bytes(16)).toString())
        .param("spec", spec.toString())
        .param("secret", secret)
        .param("published", published.orElse(null))
        .update();
  }

  private static KeyPair rsaPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  private static LocalKey key(ResultSet row) throws SQLException {
    var arn = ARN_PREFIX + row.getString("key_id");
    var secret = row.getBytes("secret_material");
    if (KeySpec.SYMMETRIC_DEFAULT.toString().equals(row.getString("key_spec"))) {
      return new LocalKey.Wrapping(arn, new SecretKeySpec(secret, "AES"));
    }
    try {
      var rsa = KeyFactory.getInstance("RSA");
      return new LocalKey.Signing(
          arn,
          rsa.generatePrivate(new PKCS8EncodedKeySpec(secret)),
          rsa.generatePublic(new X509EncodedKeySpec(row.getBytes("public_material"))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The signing key in the database cannot be read", e);
    }
  }
}
