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
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kms.model.KeySpec;

/// Keys by name, each made when it is first asked for and kept in the database, in the clear.
///
/// Not for production: whoever reads the database can sign tokens.
public final class LocalKeys {
  private static final String ARN_PREFIX = "arn:aws:kms:local:000000000000:key/";

  /// A key and its ARN.
  sealed interface LocalKey {
    String arn();

    default String id() {
      return arn().substring(ARN_PREFIX.length());
    }

    /// RSA_2048, SIGN_VERIFY.
    record Signing(String arn, PrivateKey privateKey, PublicKey publicKey) implements LocalKey {}

    /// SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT.
    record Wrapping(String arn, SecretKey secretKey) implements LocalKey {}
  }

  private final JdbcClient sql;
  private final Entropy entropy;

  public LocalKeys(Database database, Entropy entropy) {
    this.sql = database.sql();
    this.entropy = entropy;
  }

  /// The ARN of the RSA key of that name.
  public String signing(String name) {
    return arn(name)
        .orElseGet(
            () -> {
              var pair = rsaPair();
              return insert(
                  name,
                  KeySpec.RSA_2048,
                  pair.getPrivate().getEncoded(),
                  pair.getPublic().getEncoded());
            });
  }

  /// The ARN of the symmetric key of that name.
  public String wrapping(String name) {
    return arn(name)
        .orElseGet(() -> insert(name, KeySpec.SYMMETRIC_DEFAULT, entropy.bytes(32), null));
  }

  /// A key by its ARN, or by the id at the end of one.
  Optional<LocalKey> find(String keyId) {
    return sql.sql("SELECT * FROM local_kms_key WHERE key_id = :id")
        .param("id", keyId.startsWith(ARN_PREFIX) ? keyId.substring(ARN_PREFIX.length()) : keyId)
        .query((row, number) -> key(row))
        .optional();
  }

  private Optional<String> arn(String name) {
    return sql.sql("SELECT key_id FROM local_kms_key WHERE key_name = :name")
        .param("name", name)
        .query(String.class)
        .optional()
        .map(ARN_PREFIX::concat);
  }

  /// Returns the ARN of the key of that name: this one, or the one that another process has just
  /// made.
  private String insert(String name, KeySpec spec, byte[] secret, byte @Nullable [] published) {
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
        .param("published", published)
        .update();
    return arn(name).orElseThrow();
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
