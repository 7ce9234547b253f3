package dev.latchkey.sandbox.access;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.batch2.api.IJobPersistence;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthorizationSearchParamMatcher;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.sandbox.audit.AccessLog;
import dev.latchkey.sandbox.audit.AuditEventProvider;
import dev.latchkey.sandbox.audit.AuditTrail;
import dev.latchkey.wiring.Wiring;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/// Puts the gates in front of the FHIR server.
@Configuration(proxyBeanMethods = false)
@Import(AuditTrail.class)
public class AccessControl {

  @Bean
  TokenAuthority tokenAuthority(Wiring wiring) {
    return new TokenAuthority(
        wiring.identity(),
        wiring.signer()::published,
        wiring.standing(),
        wiring.stores().users(),
        wiring.serviceStanding(),
        wiring.clock());
  }

  @Bean
  Challenges challenges(TokenAuthority authority) {
    return new Challenges(authority.identity());
  }

  @Bean
  Refusals refusals(Challenges challenges) {
    return new Refusals(challenges);
  }

  /// The verifier. `latchkey.family-state-cache` says how long a grant's state may be reused; 0
  /// notices a revocation at once.
  @Bean
  TokenVerifier tokenVerifier(
      TokenAuthority authority, @Value("${latchkey.family-state-cache:0s}") Duration cache) {
    return new TokenVerifier(authority, cache);
  }

  @Bean
  Possession possession(Wiring wiring) {
    return new Possession(wiring.boundTokens(), wiring.identity(), wiring.clock());
  }

  @Bean
  FilterRegistrationBean<BearerTokenFilter> bearerTokenFilter(
      TokenVerifier verifier,
      Possession possession,
      RefusedTokens refusedTokens,
      Challenges challenges,
      FhirContext fhir) {
    var registration =
        new FilterRegistrationBean<>(
            new BearerTokenFilter(verifier::verify, possession, refusedTokens, challenges, fhir));
    registration.addUrlPatterns("/fhir/*");
    // After the gateway, which answers /fhir/.well-known/*.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  PatientRecord patientRecord(FhirContext fhir, TokenAuthority authority) {
    return new PatientRecord(fhir, authority.identity().fhirBase());
  }

  @Bean
  BatchInterceptor batches(FhirContext fhir, Refusals refusals) {
    return new BatchInterceptor(fhir, refusals);
  }

  @Bean
  SearchCheck searchCheck(
      FhirContext fhir,
      PatientRecord record,
      DaoRegistry daos,
      InnerSearch inner,
      Refusals refusals) {
    var chained = ChainedEntries.in(daos, inner, record);
    return new SearchCheck(fhir, record, chained, refusals);
  }

  /// For the pages before the consent. A person waits no longer than this for what is only a help.
  @Bean(destroyMethod = "close")
  BesideThePage besideThePage() {
    return new BesideThePage(Duration.ofSeconds(2));
  }

  @Bean
  RecordCounts recordCounts(
      PatientRecord record,
      SearchCheck searches,
      InnerSearch inner,
      DaoRegistry daos,
      AuditEventProvider accesses,
      BesideThePage reads) {
    var counts = new CountedSearches(record, searches, inner, daos, accesses);
    return new CountsInTime(counts::count, reads);
  }

  @Bean
  RecentEncounters recentEncounters(
      SearchCheck searches, InnerSearch inner, DaoRegistry daos, BesideThePage reads) {
    return new ListedEncounters(searches, inner, daos, reads);
  }

  @Bean
  InnerSearch innerSearch(FhirContext fhir, MatchUrlService searchUrls) {
    return new InnerSearch(fhir, searchUrls);
  }

  @Bean
  SmartScopeInterceptor scopes(
      FhirContext fhir,
      PatientRecord record,
      DaoRegistry daos,
      SearchCheck searches,
      ISearchCacheSvc searchCache,
      ExportOwners exportOwners,
      DataSource store,
      Refusals refusals) {
    var index = RecordIndex.in(daos, record);
    var resources = new ResourceCheck(fhir, record);
    var pages =
        new PageCheck(new StoredSearches(searchCache), searches, record, resources, refusals);
    var exports = new ExportCheck(record, index, exportOwners, refusals);
    return new SmartScopeInterceptor(
        record,
        index,
        EntryOwners.in(store, record),
        resources,
        searches,
        pages,
        exports,
        refusals);
  }

  @Bean
  ExportOwners exportOwners(IJobCoordinator jobs, IJobPersistence store, DaoRegistry daos) {
    return new ExportOwners(jobs, store, daos);
  }

  @Bean
  ExportDeletion exportDeletion(ExportOwners exportOwners) {
    return new ExportDeletion(exportOwners);
  }

  @Bean
  ExportedEntries exportedEntries(
      FhirContext fhir, PatientRecord record, IInterceptorService ofJobs) {
    var exported = new ExportedEntries(new ResourceCheck(fhir, record));
    ofJobs.registerInterceptor(exported);
    return exported;
  }

  @Bean
  NarrowedSearches narrowedSearches(PatientRecord record, Refusals refusals) {
    return new NarrowedSearches(record, refusals);
  }

  @Bean
  RecordGuard recordGuard(
      FhirContext fhir, PatientRecord record, ExportOwners exportOwners, Refusals refusals) {
    return new RecordGuard(fhir, record, exportOwners, refusals);
  }

  @Bean
  WriteGuard writeGuard(
      FhirContext fhir, PatientRecord record, DaoRegistry daos, Refusals refusals) {
    return new WriteGuard(fhir, record, RecordIndex.in(daos, record), refusals);
  }

  @Bean
  ScopeRules scopeRules(
      PatientRecord record, IAuthorizationSearchParamMatcher filters, Refusals refusals) {
    return new ScopeRules(record, filters, refusals);
  }

  @Bean
  AccessRecorder accessRecorder(
      FhirContext fhir, PatientRecord record, AccessLog log, TokenAuthority authority) {
    return new AccessRecorder(fhir, record, log, authority.clock());
  }

  @Bean
  RefusedTokens refusedTokens(AccessLog log, TokenAuthority authority) {
    return new RefusedTokens(log, authority.clock());
  }

  @Bean
  PlainErrors plainErrors(Refusals refusals) {
    return new PlainErrors(refusals);
  }
}
