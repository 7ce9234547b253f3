package dev.latchkey.sandbox.fhir;

import static dev.latchkey.sandbox.fhir.ServedResourceTypes.SERVED;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.DeleteConflictList;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/// Leaves out every HAPI method that is not meant for apps.
///
/// HAPI's providers bring administrative operations along ($expunge, $reindex, $merge,
/// $replace-references, resource counts, $meta). A list of what is served, rather than of what is
/// not, keeps out the ones that a later HAPI adds.
@Interceptor
final class ServedInteractions {

  private static final Set<RestOperationTypeEnum> ON_RESOURCES =
      Set.of(
          RestOperationTypeEnum.READ,
          RestOperationTypeEnum.VREAD,
          RestOperationTypeEnum.SEARCH_TYPE,
          RestOperationTypeEnum.HISTORY_INSTANCE,
          RestOperationTypeEnum.CREATE,
          RestOperationTypeEnum.UPDATE,
          RestOperationTypeEnum.PATCH,
          RestOperationTypeEnum.DELETE);

  private static final Set<RestOperationTypeEnum> ON_THE_SERVER =
      Set.of(
          RestOperationTypeEnum.TRANSACTION,
          RestOperationTypeEnum.METADATA,
          RestOperationTypeEnum.GET_PAGE);

  /// Returns the method when it is served, null when HAPI must forget it.
  @Hook(Pointcut.SERVER_PROVIDER_METHOD_BOUND)
  public @Nullable BaseMethodBinding keepServed(BaseMethodBinding method) {
    return isServed(method) ? method : null;
  }

  /// Refuses to write a type that is kept for HAPI itself: entries of a transaction are stored
  /// without a bound method.
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void refuseCreate(IBaseResource resource) {
    refuseUnserved(resource);
  }

  /// As for a new resource.
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void refuseUpdate(IBaseResource before, IBaseResource after) {
    refuseUnserved(after);
  }

  /// Lets apps delete what only resources refer to that they cannot reach: such a refusal would
  /// name those, and nobody could do anything about it.
  @Hook(Pointcut.STORAGE_PRESTORAGE_DELETE_CONFLICTS)
  public void overlookUnserved(DeleteConflictList conflicts) {
    conflicts.removeIf(conflict -> !SERVED.contains(conflict.getSourceId().getResourceType()));
  }

  private static void refuseUnserved(IBaseResource resource) {
    if (!SERVED.contains(resource.fhirType())) {
      throw new UnprocessableEntityException(
          "This server does not keep resources of type " + resource.fhirType() + ".");
    }
  }

  private static boolean isServed(BaseMethodBinding method) {
    if (method.getProvider() instanceof FhirProvider) {
      return true;
    }
    String type = method.getResourceName();
    if (method instanceof OperationMethodBinding operation) {
      return isServed(operation, type == null ? "" : type);
    }
    var interaction = method.getRestOperationType();
    if (type == null) {
      return ON_THE_SERVER.contains(interaction);
    }
    // HAPI's one method for READ and VREAD goes by the latter.
    return type.equals(Exports.FILES)
        ? interaction == RestOperationTypeEnum.VREAD
        : SERVED.contains(type) && ON_RESOURCES.contains(interaction);
  }

  private static boolean isServed(OperationMethodBinding operation, String type) {
    return switch (operation.getName()) {
      case "$everything" -> type.equals("Patient") && operation.isCanOperateAtInstanceLevel();
      case Exports.START ->
          type.isEmpty()
              || type.equals(Exports.GROUP)
              || (type.equals("Patient") && !operation.isCanOperateAtInstanceLevel());
      case Exports.STATUS -> true;
      default -> false;
    };
  }
}
