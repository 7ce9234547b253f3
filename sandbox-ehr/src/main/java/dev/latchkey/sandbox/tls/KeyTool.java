package dev.latchkey.sandbox.tls;

import dev.latchkey.sandbox.StartRefused;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;

/// The `keytool` of the JDK that runs the sandbox. Java has no public API that makes a certificate.
final class KeyTool {
  private static final String NAMES = "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";

  private KeyTool() {}

  /// Makes a P-256 key and a certificate for the names of this machine that it signs itself.
  ///
  /// There is no key usage on purpose: OpenSSL takes a certificate for one that signed itself only
  /// if its key usage includes signing certificates, or says nothing.
  ///
  /// @param keyStore a file that does not exist yet
  static void makeKeyPair(Path keyStore, String alias, String password, Duration lifetime)
      throws IOException {
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-sigalg",
        "SHA256withECDSA",
        "-dname",
        "CN=localhost, O=Latchkey sandbox",
        "-ext",
        NAMES,
        "-ext",
        "eku=serverAuth",
        "-validity",
        String.valueOf(lifetime.toDays()),
        "-storetype",
        "PKCS12",
        "-keystore",
        keyStore.toString(),
        "-storepass",
        password,
        "-alias",
        alias);
  }

  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (exitCode(process) != 0) {
      throw new StartRefused(
          "keytool cannot make a certificate for https: "
              + said.strip().lines().findFirst().orElse(""));
    }
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
