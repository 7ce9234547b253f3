package dev.latchkey.bench;

import dev.latchkey.secret.Entropy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/// DynamoDB and KMS are reached over TLS, as on AWS: with a certificate of their own, which is
/// trusted beside all that Java trusts, since every start pays for reading so many.
final class Trust {
  private Trust() {}

  /// Writes `services.p12` and its `password`, `trusted.p12`, without a password as the store that
  /// comes with Java, and `trusted.pem`.
  static void write(Path folder) throws IOException, GeneralSecurityException {
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    var password = Entropy.secure().value();
    Files.writeString(folder.resolve("password"), password);
    var own = folder.resolve("services.p12");
    Files.deleteIfExists(own);
    certify(own, folder.resolve("password"));
    var services = KeyStore.getInstance(own.toFile(), password.toCharArray());
    var java = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toFile();
    var trusted = new ArrayList<>(all(KeyStore.getInstance(java, (char[]) null)));
    trusted.add(services.getCertificate("services"));
    var written = KeyStore.getInstance("PKCS12");
    written.load(null, null);
    var pem = new StringBuilder();
    for (var one : trusted) {
      written.setCertificateEntry("trusted" + written.size(), one);
      var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded());
      pem.append("-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(lines));
    }
    try (var out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
      written.store(out, new char[0]);
    }
    Files.writeString(folder.resolve("trusted.pem"), pem);
  }

  /// No class of the JDK that others may use makes a certificate; its tool does.
  private static void certify(Path store, Path password) throws IOException {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var options =
        "-genkeypair -alias services -keyalg EC -groupname secp256r1 -dname CN=services"
            + " -ext san=ip:127.0.0.1 -validity 30 -storetype PKCS12";
    var command = new ArrayList<>(List.of((tool + " " + options).split(" ", -1)));
    command.addAll(List.of("-keystore", store.toString(), "-storepass:file", password.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(store)) {
      throw new IOException(said);
    }
  }

  private static List<Certificate> all(KeyStore store) throws GeneralSecurityException {
    var all = new ArrayList<Certificate>();
    for (var name : Collections.list(store.aliases())) {
      all.add(store.getCertificate(name));
    }
    return all;
  }
}
