package dev.latchkey.sandbox.brand;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.SandboxSettings;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Publishes the brand beside the FHIR API and not in it: no token is needed, and the resources are
/// about the server, not about patients.
@Configuration(proxyBeanMethods = false)
public class BrandConfiguration {

  @Bean
  ServletRegistrationBean<Brands> brands(SandboxSettings settings, FhirContext fhir) {
    var bundle = fhir.newJsonParser().encodeResourceToString(BrandBundle.of(settings));
    var registration = new ServletRegistrationBean<>(new Brands(bundle), SandboxSettings.BRANDS);
    registration.setName("brands");
    return registration;
  }
}
