package dev.latchkey.sandbox;

import dev.latchkey.sandbox.tls.LocalCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/// Looks for what would stop the start, before seconds are spent on wiring the FHIR server, and
/// makes what the web server needs for https.
final class StartChecks implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /// The profile that serves https.
  static final String TLS = "tls";

  private static final List<String> STORES = List.of("fhir", "latchkey");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    portIsFree(environment);
    var settings = settings(environment);
    folderIsWritable(settings.data());
    if (environment.matchesProfiles(TLS)) {
      LocalCertificate.in(settings.dataFolder()).prepare(InstantSource.system().instant());
    }
    if (environment.getProperty("spring.datasource.url") == null) {
      STORES.forEach(store -> storeOpens(settings.dataFolder(), store));
    }
  }

  private static SandboxSettings settings(Environment environment) {
    try {
      return Binder.get(environment).bind("latchkey", SandboxSettings.class).get();
    } catch (BindException failure) {
      throw new StartRefused("A setting is wrong: " + StartFailure.rootMessage(failure), failure);
    }
  }

  private static void portIsFree(Environment environment) {
    int port = port(environment);
    var address = environment.getRequiredProperty("server.address");
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException taken) {
      throw new StartRefused(
          "Port %d on %s is taken, perhaps by another sandbox. Stop it, or choose another port with --server.port=8081."
              .formatted(port, address),
          taken);
    }
  }

  private static int port(Environment environment) {
    var port = environment.getRequiredProperty("server.port");
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException wrong) {
      throw new StartRefused("server.port must be a number, but is " + port + ".", wrong);
    }
  }

  private static void folderIsWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "writable", null));
    } catch (IOException refused) {
      throw new StartRefused(
          "The data folder %s is not writable. Make it writable, or choose another one with --latchkey.data=<folder>."
              .formatted(folder),
          refused);
    }
  }

  private static void storeOpens(DataFolder folder, String store) {
    Path file = folder.h2File(store);
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.isWritable(file)) {
      throw new StartRefused("The file " + file + " is not writable. Make it writable.");
    }
    try (var connection = DriverManager.getConnection(folder.h2Url(store))) {
      connection.getMetaData();
    } catch (SQLException failure) {
      throw new StartRefused(StartFailure.ofH2(failure, file), failure);
    }
  }
}
