package dev.latchkey.sandbox.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.DataFolder;
import dev.latchkey.sandbox.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BesideOthers
class LocalCertificateTest {
  private final Instant now = InstantSource.system().instant();

  @TempDir private Path data;

  @Test
  void isForThisMachineAndForNinetyDays() throws Exception {
    var certificate = prepared(now).read().orElseThrow();

    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).as("it signs no other").isEqualTo(-1);
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getCurve().getField())
        .extracting(field -> field.getFieldSize())
        .isEqualTo(256);
    assertThat(Duration.between(now, certificate.getNotAfter().toInstant()))
        .isBetween(Duration.ofDays(89), Duration.ofDays(90).plusMinutes(5));
  }

  @Test
  void isReadableForItsOwnerOnly() throws IOException {
    var certificate = prepared(now);

    assertThat(permissions(certificate.folder())).isEqualTo("rwx------");
    assertThat(permissions(certificate.keyStore())).isEqualTo("rw-------");
    try (var files = Files.list(certificate.folder())) {
      assertThat(files)
          .containsExactlyInAnyOrder(certificate.keyStore(), certificate.certificate());
    }
  }

  @Test
  void isKeptUntilItsEndIsNear() throws Exception {
    var first = prepared(now).read().orElseThrow();

    assertThat(prepared(now.plus(Duration.ofDays(59))).read()).contains(first);
    var renewed = prepared(now.plus(Duration.ofDays(61)));
    assertThat(renewed.read().orElseThrow().getSerialNumber())
        .isNotEqualTo(first.getSerialNumber());
    assertThat(offered(renewed)).isEqualTo(renewed.read().orElseThrow());
  }

  @Test
  void aDamagedOneIsReplaced() throws Exception {
    var certificate = prepared(now);
    Files.writeString(certificate.keyStore(), "no key store");
    assertThat(certificate.read()).isEmpty();

    certificate.prepare(now);

    assertThat(certificate.read()).contains(offered(certificate));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    var file = Files.writeString(data.resolve("file"), "not a folder");
    var certificate = LocalCertificate.in(new DataFolder(file));

    assertThatThrownBy(() -> certificate.prepare(now))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(certificate.folder().toString());
  }

  private LocalCertificate prepared(Instant now) {
    var certificate = LocalCertificate.in(new DataFolder(data));
    certificate.prepare(now);
    return certificate;
  }

  private static X509Certificate offered(LocalCertificate certificate)
      throws IOException, CertificateException {
    try (var in = Files.newInputStream(certificate.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
