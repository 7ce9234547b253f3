package dev.latchkey.sandbox.ehr;

import ca.uhn.fhir.context.FhirContext;
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
  LaunchTasks launchTasks(DaoRegistry daos) {
    return new LaunchTasks(daos);
  }

  @Bean
  ExampleTasks exampleTasks(FhirContext fhir, LaunchTasks tasks, SandboxFiles files) {
    return new ExampleTasks(fhir, tasks, files);
  }

  @Bean
  ServletRegistrationBean<Ehr> ehr(
      Wiring wiring, DaoRegistry daos, LaunchTasks tasks, SandboxFiles files) {
    var door = new Door(wiring);
    var desk = new Desk(wiring, door, Encounters.in(daos), tasks, files.apps());
    var registration =
        new ServletRegistrationBean<>(new Ehr(door, desk), Ehr.PATH, Ehr.PATH + "/*");
    registration.setName("ehr");
    return registration;
  }
}
