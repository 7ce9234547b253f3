package dev.latchkey.sandbox.ehr;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.latchkey.account.User;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/// The launch tasks of the EHR, Tasks in the FHIR store. Apps cannot reach them: no scope is about
/// tasks.
final class LaunchTasks {
  private static final int MOST = 50;
  private static final int MOST_TRIES = 3;

  private final DaoRegistry daos;

  LaunchTasks(DaoRegistry daos) {
    this.daos = daos;
  }

  /// What is still to do for this user, newest first.
  List<LaunchTask> open(User user) {
    var owned = query();
    owned.add("owner", new ReferenceParam(user.fhirUser()));
    var about = query();
    var patients = new ReferenceOrListParam();
    user.patients().forEach(one -> patients.add(new ReferenceParam("Patient/" + one.id())));
    about.add("patient", patients);
    var found = new LinkedHashMap<String, LaunchTask>();
    for (var query : List.of(owned, about)) {
      dao().searchForResources(query, new SystemRequestDetails()).stream()
          .flatMap(task -> LaunchTask.of(task).stream())
          .filter(task -> task.isFor(user))
          .forEach(task -> found.putIfAbsent(task.id(), task));
    }
    return List.copyOf(found.values());
  }

  /// One that is still to do, for this user.
  Optional<LaunchTask> find(String id, User user) {
    return read(id).flatMap(LaunchTask::of).filter(task -> task.isFor(user));
  }

  void create(Task task) {
    dao().create(task, new SystemRequestDetails());
  }

  /// Says that somebody has begun. Again changes nothing.
  ///
  /// @return false, changing nothing, for a task that is over
  boolean begin(String id, Instant now) {
    return change(id, TaskStatus.INPROGRESS, now);
  }

  /// Moves a task on that is still to do.
  ///
  /// @return false, changing nothing, for a task that is over
  boolean change(String id, TaskStatus to, Instant now) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      var task = read(id).filter(one -> LaunchTask.OPEN.contains(one.getStatus()));
      if (task.isEmpty() || task.get().getStatus() == to) {
        return task.isPresent();
      }
      if (replace(task.get().setStatus(to).setLastModified(Date.from(now)))) {
        return true;
      }
    }
    return false;
  }

  /// The task as it is written, whatever its state.
  Optional<Task> read(String id) {
    try {
      return Optional.of(dao().read(new IdType("Task", id), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException notThere) {
      return Optional.empty();
    }
  }

  /// Writes a task, unless somebody else wrote it since this version was read.
  boolean replace(Task task) {
    try {
      dao().update(task, new SystemRequestDetails());
      return true;
    } catch (ResourceVersionConflictException changed) {
      return false;
    }
  }

  private IFhirResourceDao<Task> dao() {
    return daos.getResourceDao(Task.class);
  }

  private static SearchParameterMap query() {
    var codes = new TokenOrListParam();
    for (var kind : LaunchTask.Kind.values()) {
      codes.add(LaunchTask.CODES, kind.code());
    }
    var states = new TokenOrListParam();
    LaunchTask.OPEN.forEach(state -> states.add(null, state.toCode()));
    var query = SearchParameterMap.newSynchronous();
    query.add("code", codes);
    query.add("status", states);
    query.setSort(new SortSpec("authored-on", SortOrderEnum.DESC));
    query.setCount(MOST);
    query.setLoadSynchronousUpTo(MOST);
    return query;
  }
}
