package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.latchkey.sandbox.SandboxSettings;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The FHIR R4 API at `/fhir/*`.
///
/// The functions answer `/fhir/.well-known/*`; a servlet that is mapped there wins over this one,
/// because the servlet container prefers the longer path.
@Configuration(proxyBeanMethods = false)
@Import({
  JpaR4Config.class,
  FhirStore.class,
  BatchJobs.class,
  BulkExports.class,
  UnservedTypes.class,
  SyntheticPatients.class
})
public class FhirServer {

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
    var registration = new ServletRegistrationBean<>(server, "/fhir/*");
    registration.setName("fhir");
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  RestfulServer restfulServer(
      FhirContext fhir,
      SandboxSettings settings,
      ResourceProviderFactory resources,
      IJpaSystemProvider system,
      BulkDataExportProvider exports,
      DatabaseBackedPagingProvider paging,
      ObjectProvider<FhirProvider> others,
      ObjectProvider<FhirInterceptor> interceptors) {
    var server = new RestfulServer(fhir);
    server.registerInterceptor(new ServedInteractions());
    server.registerInterceptor(new SmartCapabilities(settings));
    interceptors.orderedStream().forEach(server::registerInterceptor);
    server.setServerAddressStrategy(
        new HardcodedServerAddressStrategy(settings.fhirBase().toString()));
    server.setDefaultResponseEncoding(EncodingEnum.JSON);
    server.setPagingProvider(paging);
    server.registerProviders(resources.createProviders());
    server.registerProvider(system);
    server.registerProvider(exports);
    others.orderedStream().forEach(server::registerProvider);
    return server;
  }

  @Bean
  IServerConformanceProvider<?> capabilityStatement(
      RestfulServer server,
      IFhirSystemDao<?, ?> systemDao,
      JpaStorageSettings storage,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation) {
    var statement =
        new JpaCapabilityStatementProvider(
            server, systemDao, storage, searchParameters, validation);
    statement.setIncludeResourceCounts(false);
    statement.setRestResourceRevIncludesEnabled(true);
    server.setServerConformanceProvider(statement);
    return statement;
  }

  /// HAPI makes a provider for these types only.
  @Bean
  IResourceSupportedSvc servedTypes() {
    return type -> ServedResourceTypes.SERVED.contains(type) || type.equals(Exports.FILES);
  }

  /// Matches a resource against a scope's search filter, for `AuthorizationInterceptor`.
  @Bean
  IAuthorizationSearchParamMatcher authorizationSearchParamMatcher(
      FhirContext fhir,
      MatchUrlService queries,
      ISearchParamRegistry parameters,
      ISearchParamExtractor values) {
    return new FilterMatcher(fhir, queries, parameters, values);
  }

  /// HAPI asks for this bean; counting is an administrative operation, so it counts nothing.
  @Bean("myResourceCountsCache")
  ResourceCountCache resourceCounts() {
    return new ResourceCountCache(Map::of);
  }
}
