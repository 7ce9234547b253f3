package dev.latchkey.sandbox.ehr;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import dev.latchkey.sandbox.contents.SandboxFiles;
import dev.latchkey.wiring.Wiring;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Serves the EHR. Its users are those of the authorization server, and whoever signs in at one is
/// signed in at the other: both are the same hospital's.
@Configuration(proxyBeanMethods = false)
public class EhrConfiguration {

  @Bean
  ServletRegistrationBean<Ehr> ehr(Wiring wiring, DaoRegistry daos, SandboxFiles files) {
    var desk = new Desk(wiring, Encounters.in(daos), files.apps());
    var registration = new ServletRegistrationBean<>(new Ehr(desk), Ehr.PATH, Ehr.PATH + "/*");
    registration.setName("ehr");
    return registration;
  }
}
