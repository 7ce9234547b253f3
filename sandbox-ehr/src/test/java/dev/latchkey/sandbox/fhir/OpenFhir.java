package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import dev.latchkey.sandbox.Sandbox;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.access.AccessControl;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The whole sandbox, and beside it at `/open/*` the same FHIR API once more with no gate before
/// it: the same store, providers and paging, without the bearer filter and without what the room
/// `access` hooks in.
///
/// It is for measuring only, on synthetic data and the loopback interface.
@Configuration(proxyBeanMethods = false)
@Import(Sandbox.class)
public class OpenFhir {
  public static final String PATH = "/open";

  @Bean
  ServletRegistrationBean<RestfulServer> openServlet(
      FhirContext fhir,
      SandboxSettings settings,
      ResourceProviderFactory resources,
      IJpaSystemProvider system,
      BulkDataExportProvider exports,
      DatabaseBackedPagingProvider paging,
      ObjectProvider<FhirProvider> others,
      ObjectProvider<FhirInterceptor> interceptors) {
    var server =
        new FhirServer()
            .restfulServer(
                fhir, settings, resources, system, exports, paging, others, others(interceptors));
    var registration = new ServletRegistrationBean<>(server, PATH + "/*");
    registration.setName("open");
    registration.setLoadOnStartup(1);
    return registration;
  }

  /// Those that are no gates.
  private static ObjectProvider<FhirInterceptor> others(ObjectProvider<FhirInterceptor> all) {
    var gates = AccessControl.class.getPackage();
    Map<String, Object> kept =
        all.orderedStream()
            .filter(one -> !one.getClass().getPackage().equals(gates))
            .collect(Collectors.toMap(one -> one.getClass().getName(), Function.identity()));
    return new StaticListableBeanFactory(kept).getBeanProvider(FhirInterceptor.class);
  }
}
