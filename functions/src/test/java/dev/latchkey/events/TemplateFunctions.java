package dev.latchkey.events;

import static java.util.Objects.requireNonNull;

import dev.latchkey.contract.CloudFormation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The functions of `template.yaml` and of the optional stacks, their routes, and what
/// `infra/roles.yaml` or their own stack lets them do.
public final class TemplateFunctions {
  private static final String SUFFIX = "Function";

  /// Stacks that are off unless an operator wants them, each with its function and its role.
  private static final List<String> OPTIONAL =
      List.of("infra/healthlake.yaml", "infra/authorizer.yaml", "infra/sign-in-page.yaml");

  private final CloudFormation template = CloudFormation.read(with("template.yaml"));
  private final CloudFormation roles = CloudFormation.read(with("infra/roles.yaml"));

  private TemplateFunctions() {}

  public static TemplateFunctions read() {
    return new TemplateFunctions();
  }

  private static List<String> with(String path) {
    return Stream.concat(Stream.of(path), OPTIONAL.stream()).toList();
  }

  /// Names as in the folder `events`, such as `token`.
  public Set<String> names() {
    var names = new TreeSet<String>();
    for (var id : template.resources().keySet()) {
      if (id.endsWith(SUFFIX)) {
        names.add(id.substring(0, id.length() - SUFFIX.length()).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /// Every route of the API, such as `POST /token`.
  public Set<String> routeKeys() {
    var keys = new TreeSet<String>();
    names().forEach(name -> keys.addAll(routeKeys(name)));
    return keys;
  }

  /// The class of the function's handler.
  public String handlerClass(String name) {
    return text(function(name), "Handler").replaceFirst("::.*", "");
  }

  /// The settings that the function finds in its environment, by name.
  public Set<String> settings(String name) {
    var main = CloudFormation.read("template.yaml");
    var settings = new TreeSet<>(variables(function(name)));
    if (main.resources().containsKey(logicalId(template, name, SUFFIX))) {
      settings.addAll(variables(main.everyFunction()));
    }
    return settings;
  }

  private static Set<String> variables(Map<String, Object> function) {
    return function.containsKey("Environment")
        ? map(map(function, "Environment"), "Variables").keySet()
        : Set.of();
  }

  /// What is wrong with an event: API Gateway would not send it like that, or not to this function.
  public List<String> problems(EventCase eventCase) {
    var problems = new ArrayList<String>();
    var event = eventCase.event();
    if (names().contains(eventCase.function()) && routeKeys(eventCase.function()).isEmpty()) {
      return event.containsKey("routeKey") && !isForAnAuthorizer(event)
          ? List.of("this function has no route")
          : List.of();
    }
    var routeKey = text(event, "routeKey");
    var path = text(event, "rawPath");
    var context = map(event, "requestContext");
    var http = map(context, "http");
    if (!names().contains(eventCase.function())) {
      problems.add("the template has no function " + eventCase.function());
    } else if (!routeKeys(eventCase.function()).contains(routeKey)) {
      problems.add("no route of this function: " + routeKey);
    }
    check(problems, "version", "2.0", text(event, "version"));
    check(problems, "requestContext.routeKey", routeKey, text(context, "routeKey"));
    check(problems, "requestContext.http.path", path, text(http, "path"));
    check(problems, "method", routeKey.replaceFirst(" .*", ""), text(http, "method"));
    check(problems, "path of the route", resolved(routeKey, event), path);
    return problems;
  }

  /// Whether API Gateway asks this about a request to a route of another API (payload 2.0).
  public static boolean isForAnAuthorizer(Map<String, Object> event) {
    return "REQUEST".equals(event.get("type"));
  }

  /// What the function's role allows besides its log, as action and target, for a table which kind
  /// of item, and for a wrapping key what it may be used for.
  public Set<String> allowed(String name) {
    return allowed(
        CloudFormation.maps(roles.properties(logicalId(roles, name, "Role")), "Policies"));
  }

  /// What policies of their own (`AWS::IAM::Policy`) add to that in a stack with window keys.
  public Set<String> allowedWithWindowKeys(String name) {
    var role = logicalId(roles, name, "Role");
    return allowed(
        roles.resources().values().stream()
            .filter(
                properties -> String.valueOf(properties.get("PolicyName")).endsWith("window-keys"))
            .filter(
                properties -> properties.get("Roles") instanceof List<?> to && to.contains(role))
            .toList());
  }

  private static Set<String> allowed(List<Map<String, Object>> policies) {
    var allowed = new TreeSet<String>();
    for (var policy : policies) {
      for (var statement : CloudFormation.maps(map(policy, "PolicyDocument"), "Statement")) {
        for (var action : texts(statement.get("Action"))) {
          for (var limit : limits(statement)) {
            allowed.add((action + " " + text(statement, "Resource") + " " + limit).strip());
          }
        }
      }
    }
    allowed.removeIf(call -> call.startsWith("logs:"));
    return allowed;
  }

  /// What the condition of a statement leaves: kinds of items, uses of a key, or what a scan asks
  /// for.
  private static List<String> limits(Map<String, Object> statement) {
    var condition = statement.get("Condition") == null ? Map.of() : map(statement, "Condition");
    for (var test : condition.values()) {
      for (var key :
          List.of("dynamodb:LeadingKeys", "kms:EncryptionContext:use", "dynamodb:Select")) {
        var limit = CloudFormation.map(test).get(key);
        if (limit != null) {
          return texts(limit);
        }
      }
    }
    return List.of("");
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(requireNonNull(value)));
  }

  private Set<String> routeKeys(String name) {
    var keys = new TreeSet<String>();
    if (!function(name).containsKey("Events")) {
      return keys;
    }
    for (var id : map(function(name), "Events").keySet()) {
      var properties = map(map(map(function(name), "Events"), id), "Properties");
      keys.add(text(properties, "Method") + " " + text(properties, "Path"));
    }
    return keys;
  }

  private Map<String, Object> function(String name) {
    return template.properties(logicalId(template, name, SUFFIX));
  }

  private static String logicalId(CloudFormation template, String name, String suffix) {
    return template.resources().keySet().stream()
        .filter(id -> id.equalsIgnoreCase(name + suffix))
        .findFirst()
        .orElseThrow();
  }

  private static String resolved(String routeKey, Map<String, Object> event) {
    var path = routeKey.replaceFirst(".* ", "");
    if (event.get("pathParameters") instanceof Map<?, ?> parameters) {
      for (var entry : parameters.entrySet()) {
        path = path.replace("{" + entry.getKey() + "}", String.valueOf(entry.getValue()));
      }
    }
    return path;
  }

  private static void check(List<String> problems, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      problems.add(what + " is " + actual + " and not " + expected);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> map, String name) {
    return (Map<String, Object>) requireNonNull(map.get(name), name);
  }

  private static String text(Map<String, Object> map, String name) {
    return String.valueOf(requireNonNull(map.get(name), name));
  }
}
