package dev.latchkey.sandbox.audit;

import dev.latchkey.sandbox.SandboxSettings;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keeps and shows who has reached whose record.
///
/// `latchkey.accesses-kept` says how many accesses to one record are kept.
@Configuration(proxyBeanMethods = false)
public class AuditTrail {

  @Bean
  AccessTable accessTable(
      DataSource database, @Value("${latchkey.accesses-kept:10000}") int accessesKept) {
    return new AccessTable(database, accessesKept);
  }

  @Bean(destroyMethod = "close")
  AccessLog accessLog(AccessTable table) {
    return new AccessLog(table::add);
  }

  @Bean
  AuditCapabilities auditCapabilities() {
    return new AuditCapabilities();
  }

  @Bean
  AuditEventProvider auditEvents(AccessLog log, AccessTable table, SandboxSettings settings) {
    return new AuditEventProvider(log, table, new AuditEvents(settings.fhirBase().toString()));
  }
}
