package dev.latchkey.sandbox.tls;

import dev.latchkey.sandbox.DataFolder;
import dev.latchkey.sandbox.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The certificate that the sandbox shows on https: signed by itself, for names of this machine
/// only, and kept in the data folder, which the profile `tls` names to the web server.
///
/// @param folder only its owner can read it
public record LocalCertificate(Path folder) {
  static final Duration LIFETIME = Duration.ofDays(90);

  /// Early enough that nobody who starts the sandbox once a week meets an expired one.
  static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final String ALIAS = "localhost";

  /// PKCS #12 wants one. What protects the key is that only its owner can read the file.
  private static final char[] PASSWORD = "not-a-secret".toCharArray();

  /// The one of this data folder.
  public static LocalCertificate in(DataFolder data) {
    return new LocalCertificate(data.path().resolve("tls"));
  }

  /// The certificate and its private key (PKCS #12).
  Path keyStore() {
    return folder.resolve("localhost.p12");
  }

  /// The certificate alone (PEM), for `curl --cacert`.
  public Path certificate() {
    return folder.resolve("localhost.pem");
  }

  /// Makes the certificate when there is none that lasts for a while.
  ///
  /// @throws StartRefused saying why it cannot be made
  public void prepare(Instant now) {
    if (read().filter(found -> lasts(found, now)).isPresent() && Files.exists(certificate())) {
      return;
    }
    try {
      Files.createDirectories(folder);
      allow(folder, "rwx------");
      make();
    } catch (IOException e) {
      throw new StartRefused("The certificate for https cannot be kept in " + folder + ".", e);
    }
  }

  /// Trusts this certificate and no other, for calls of the sandbox to itself.
  public SSLContext trust() {
    try {
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, read().orElseThrow());
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean lasts(X509Certificate certificate, Instant now) {
    return now.plus(RENEWED_BEFORE).isBefore(certificate.getNotAfter().toInstant());
  }

  /// The certificate; empty when there is none, or a damaged one that a new one can replace.
  Optional<X509Certificate> read() {
    return read(keyStore());
  }

  private static Optional<X509Certificate> read(Path keyStore) {
    try {
      var found = KeyStore.getInstance(keyStore.toFile(), PASSWORD).getCertificate(ALIAS);
      return found instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /// Both files take their places at the end, so that a start that was cut off leaves the old ones.
  private void make() throws IOException {
    var made = folder.resolve("new.p12");
    Files.deleteIfExists(made);
    KeyTool.makeKeyPair(made, ALIAS, String.valueOf(PASSWORD), LIFETIME);
    allow(made, "rw-------");
    var certificate =
        read(made).orElseThrow(() -> new IOException("keytool made no certificate in " + made));
    var pem = Files.writeString(folder.resolve("new.pem"), pem(certificate));
    Files.move(made, keyStore(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(pem, certificate(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(X509Certificate certificate) throws IOException {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Where the file system knows owners in the way of POSIX.
  private static void allow(Path path, String permissions) throws IOException {
    var owners = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (owners != null) {
      owners.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }
}
