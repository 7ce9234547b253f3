package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.api.IJobPersistence;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Bulk Data Export (FHIR Bulk Data Access 2.0), as HAPI's batch jobs do it.
@Configuration(proxyBeanMethods = false)
class BulkExports {

  @Bean
  BulkDataExportProvider bulkDataExportProvider() {
    return new BulkDataExportProvider();
  }

  @Bean(initMethod = "start")
  JobPace jobPace(IJobMaintenanceService maintenance, IJobPersistence jobs) {
    return new JobPace(maintenance, jobs);
  }
}
