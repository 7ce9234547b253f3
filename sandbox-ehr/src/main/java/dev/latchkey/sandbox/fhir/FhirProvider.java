package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.rest.server.IResourceProvider;

/// Marks a Spring bean that serves a resource type which is not kept in HAPI's store.
public interface FhirProvider extends IResourceProvider {}
