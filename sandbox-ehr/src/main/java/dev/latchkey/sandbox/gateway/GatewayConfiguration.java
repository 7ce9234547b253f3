package dev.latchkey.sandbox.gateway;

import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.sandbox.contents.SandboxFiles;
import dev.latchkey.sandbox.embedded.DemoKeys;
import dev.latchkey.sandbox.embedded.SeedMemory;
import dev.latchkey.sandbox.embedded.Seeding;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts the gateway in front of everything else that the sandbox serves. Needs a [Wiring].
@Configuration(proxyBeanMethods = false)
public class GatewayConfiguration {

  @Bean
  TemplateFiles templateFiles() {
    return TemplateFiles.locate(Path.of(""));
  }

  @Bean
  Template template(TemplateFiles templates) {
    return Template.parse(templates.read("template.yaml"));
  }

  @Bean
  RouteTable routes(Template template) {
    return RouteTable.of(template);
  }

  @Bean
  Functions functions(
      Template template, Wiring wiring, RecordCounts counts, RecentEncounters encounters) {
    var consent = wiring.consent().with(counts, encounters);
    return Functions.load(template, wiring.withConsent(consent));
  }

  @Bean
  FilterRegistrationBean<Gateway> gateway(RouteTable routes, Functions functions, Wiring wiring) {
    var gateway =
        new Gateway(
            routes, functions, wiring.clock(), URI.create(wiring.identity().issuer()).getHost());
    var registration = new FilterRegistrationBean<>(gateway);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/*");
    return registration;
  }

  @Bean
  ServletRegistrationBean<Unrouted> unrouted(RouteTable routes) {
    return new ServletRegistrationBean<>(
        new Unrouted(), Unrouted.mappings(routes).toArray(String[]::new));
  }

  @Bean
  DemoKeys demoKeys(Wiring wiring) {
    return new DemoKeys(wiring.stores().wrappedKeys());
  }

  /// Done before the server takes its first request.
  @Bean
  Seeding seeding(
      Wiring wiring, ObjectProvider<SeedMemory> memory, DemoKeys keys, SandboxFiles files) {
    var seeding = new Seeding(wiring, memory.getIfAvailable(SeedMemory::none), keys);
    seeding.register(files.apps(), files.people());
    return seeding;
  }
}
