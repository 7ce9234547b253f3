package dev.latchkey.sandbox.portal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.contents.SandboxFiles;
import dev.latchkey.sandbox.embedded.DemoKeys;
import dev.latchkey.sandbox.gateway.Functions;
import dev.latchkey.sandbox.tls.LocalCertificate;
import dev.latchkey.secret.Entropy;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Serves the sandbox's own pages. A servlet and not Spring MVC, whose start takes longer than
/// everything that happens here.
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {
  /// The servlet mapping that applies when no other does.
  private static final String EVERYTHING_ELSE = "/";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Bean
  SandboxFiles sandboxFiles(SandboxSettings settings) {
    return new SandboxFiles(new ObjectMapper(), settings.issuer());
  }

  /// Which servers the demo app believes: any that this machine believes, or the sandbox alone when
  /// it made its certificate itself.
  @Bean
  SSLContext trust(SandboxSettings settings, Environment environment)
      throws NoSuchAlgorithmException {
    return environment.matchesProfiles("tls")
        ? LocalCertificate.in(settings.dataFolder()).trust()
        : SSLContext.getDefault();
  }

  @Bean
  ServletRegistrationBean<Portal> portal(
      SandboxSettings settings,
      SandboxFiles files,
      ObjectProvider<Functions> functions,
      ObjectProvider<DemoKeys> keys,
      SSLContext trust) {
    var http = HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(trust).build();
    var demo =
        new Demo(
            new DemoClient(settings.issuer(), settings.fhirBase(), files.apps(), trust),
            new DemoSessions(Entropy.secure(), settings.issuer()),
            new RecordReads(http, settings.fhirBase()),
            files.data());
    var home = HomePage.of(settings, files);
    var operator = new OperatorDoor(settings.issuer(), functions::getObject);
    var registration =
        new ServletRegistrationBean<>(
            new Portal(
                home,
                demo,
                operator,
                files.people(),
                () -> withKeys(files.apps(), keys.getIfAvailable())),
            EVERYTHING_ELSE);
    registration.setName("portal");
    return registration;
  }

  /// Without an authorization server there are no keys.
  private static List<DemoApp> withKeys(List<DemoApp> apps, @Nullable DemoKeys keys) {
    return keys == null ? apps : keys.with(apps);
  }
}
