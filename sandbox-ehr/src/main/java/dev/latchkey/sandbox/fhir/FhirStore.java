package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.latchkey.sandbox.SandboxSettings;
import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/// Where FHIR resources are kept: an H2 file in the data folder, or the database that
/// `spring.datasource.url` names.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SandboxSettings.class, DataSourceProperties.class})
class FhirStore {

  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 20;

  @Bean
  @Primary
  DataSource fhirDataSource(SandboxSettings settings, DataSourceProperties properties) {
    if (properties.getUrl() == null) {
      properties.setUrl(settings.dataFolder().h2Url("fhir"));
    }
    return properties.initializeDataSourceBuilder().build();
  }

  @Bean
  LoadRecord loadRecord(DataSource dataSource) {
    return LoadRecord.in(dataSource);
  }

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      DataSource dataSource,
      LoadRecord loadRecord,
      ConfigurableListableBeanFactory beans,
      FhirContext fhir,
      JpaStorageSettings storage) {
    var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, storage);
    factory.setPersistenceUnitName("fhir");
    factory.setDataSource(dataSource);
    factory.setJpaPropertyMap(hibernate(loadRecord));
    return factory;
  }

  private static Map<String, Object> hibernate(LoadRecord loadRecord) {
    var properties = new HashMap<String, Object>();
    properties.put(
        "hibernate.dialect",
        (loadRecord.isOnPostgres() ? HapiFhirPostgresDialect.class : HapiFhirH2Dialect.class)
            .getName());
    // Comparing 100 tables with the entities costs seconds, so only a new store gets it.
    properties.put("hibernate.hbm2ddl.auto", loadRecord.hasCurrentSchema() ? "none" : "update");
    // HAPI's own tests check its queries; checking them again takes more than a second.
    properties.put("hibernate.query.startup_check", "false");
    // Tables for bulk updates over several tables, which HAPI never does.
    properties.put("hibernate.query.mutation_strategy.global_temporary.create_tables", "false");
    properties.put("hibernate.query.mutation_strategy.global_temporary.drop_tables", "false");
    properties.put("hibernate.search.enabled", "false");
    properties.put("hibernate.cache.use_query_cache", "false");
    properties.put("hibernate.cache.use_second_level_cache", "false");
    return properties;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory entities) {
    return new JpaTransactionManager(entities);
  }

  @Bean
  @Primary
  HibernatePropertiesProvider hibernatePropertiesProvider() {
    return new HibernatePropertiesProvider();
  }

  @Bean
  JpaStorageSettings storageSettings() {
    var storage = new JpaStorageSettings();
    storage.setFetchSizeDefaultMaximum(LARGEST_PAGE);
    storage.setAllowExternalReferences(true);
    storage.setExpungeEnabled(false);
    storage.setDeleteExpungeEnabled(false);
    storage.setPreExpandValueSets(false);
    storage.setMarkResourcesForReindexingUponSearchParameterChange(false);
    storage.setEnableTaskBulkImportJobExecution(false);
    // An app finds at once what it has written, also with a search that it has done before.
    storage.setReuseCachedSearchResultsForMillis(null);
    // A job belongs to the client that started it.
    storage.setEnableBulkExportJobReuse(false);
    // HAPI reads the resources of a file with one search, which finds no more than its maximum.
    storage.setBulkExportFileMaximumCapacity(LARGEST_PAGE / 2);
    storage.setJobFastTrackingEnabled(true);
    storage.setEnableTaskPreExpandValueSets(false);
    storage.setEnableTaskResourceReindexing(false);
    return storage;
  }

  @Bean
  DatabaseBackedPagingProvider pagingProvider() {
    var paging = new DatabaseBackedPagingProvider();
    paging.setDefaultPageSize(USUAL_PAGE);
    paging.setMaximumPageSize(LARGEST_PAGE);
    return paging;
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  @Bean
  IFulltextSearchSvc fulltextSearch() {
    return new FulltextSearchSvcImpl();
  }

  @Bean
  IHSearchSortHelper searchSort(ISearchParamRegistry searchParameters) {
    return new HSearchSortHelperImpl(searchParameters);
  }

  @Bean
  IStaleSearchDeletingSvc staleSearchDeleting() {
    return new StaleSearchDeletingSvcImpl();
  }
}
