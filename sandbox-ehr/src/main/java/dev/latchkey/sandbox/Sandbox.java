package dev.latchkey.sandbox;

import dev.latchkey.sandbox.access.AccessControl;
import dev.latchkey.sandbox.brand.BrandConfiguration;
import dev.latchkey.sandbox.ehr.EhrConfiguration;
import dev.latchkey.sandbox.embedded.EmbeddedConfiguration;
import dev.latchkey.sandbox.fhir.FhirServer;
import dev.latchkey.sandbox.gateway.GatewayConfiguration;
import dev.latchkey.sandbox.localstack.LocalStackConfiguration;
import dev.latchkey.sandbox.portal.PortalConfiguration;
import dev.latchkey.sandbox.tls.LocalCertificate;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// Starts the sandbox EHR.
///
/// Rooms are imported by name: there is no component scan and no auto-configuration beyond the web
/// server, because both cost start-up time.
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
  PropertyPlaceholderAutoConfiguration.class,
  ServletWebServerFactoryAutoConfiguration.class
})
@EnableConfigurationProperties(SandboxSettings.class)
@Import({
  AccessControl.class,
  BrandConfiguration.class,
  EhrConfiguration.class,
  FhirServer.class,
  EmbeddedConfiguration.class,
  GatewayConfiguration.class,
  LocalStackConfiguration.class,
  PortalConfiguration.class
})
public class Sandbox {

  /// Runs the sandbox until it is stopped, or says in one line why it cannot start.
  ///
  /// @param args Spring Boot command line arguments, such as `--server.port=8081`
  public static void main(String[] args) {
    try {
      var context = application(Sandbox.class).run(args);
      var settings = context.getBean(SandboxSettings.class);
      if (context.getEnvironment().matchesProfiles(StartChecks.TLS)) {
        var certificate = LocalCertificate.in(settings.dataFolder()).certificate();
        System.out.println("Its certificate, for curl --cacert: " + certificate);
      }
      System.out.println("Latchkey sandbox is ready: open " + settings.issuer());
    } catch (RuntimeException failure) {
      report(failure);
      System.exit(1);
    }
  }

  /// The application as `main` runs it, for tests that run it, or some of its rooms, in their own
  /// process.
  static SpringApplication application(Class<?> rooms) {
    var application = new SpringApplication(rooms);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.addInitializers(new StartChecks());
    return application;
  }

  private static void report(RuntimeException failure) {
    var explanation = StartFailure.explain(failure);
    if (explanation == null) {
      System.err.println("The Latchkey sandbox cannot start:");
      failure.printStackTrace();
    } else {
      System.err.println("The Latchkey sandbox cannot start. " + explanation);
    }
  }
}
