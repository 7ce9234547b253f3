package dev.latchkey.sandbox.fhir;

/// Marks a Spring bean that the FHIR server registers as a HAPI interceptor.
///
/// Beans are registered in Spring's order (`@Order`), before the first request is served. The
/// methods that HAPI calls carry `@Hook` as usual.
public interface FhirInterceptor {}
