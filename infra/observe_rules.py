"""House rules for how operators see Latchkey: infra/observe.yaml and infra/alarms.yaml."""

import copy
import json
import re

DASHBOARD = ("Resources", "Dashboard", "Properties", "DashboardBody", "Fn::Sub")


def dashboard_problems(observe):
    """CloudWatch refuses a body that is not JSON, and with it goes the whole deployment."""
    body = re.sub(r"\$\{[A-Za-z:]+}", "value", at(observe, DASHBOARD))
    try:
        widgets = json.loads(body)["widgets"]
    except ValueError as invalid:
        yield f"infra/observe.yaml Dashboard: not JSON once it is substituted: {invalid}"
        return
    if not widgets:
        yield "infra/observe.yaml Dashboard: shows nothing"
    for widget in widgets:
        properties = widget["properties"]
        if not all(properties.get(name) for name in ("title", "region", "metrics")):
            yield f"infra/observe.yaml Dashboard: {properties.get('title', 'a widget')} lacks its title, region or metrics"
        searches = [metric[0]["expression"] for metric in properties.get("metrics", []) if isinstance(metric[0], dict)]
        if any('FunctionName="' in search for search in searches):
            yield f"infra/observe.yaml Dashboard: {properties['title']} looks for a function with exactly the name of the stack"


def percentile_problems(file, stack):
    """Told to ignore few samples, CloudWatch leaves an alarm on p99 as it is below 1,000 requests."""
    for name, resource in stack["Resources"].items():
        properties = resource.get("Properties", {})
        if "ExtendedStatistic" in properties and properties.get("EvaluateLowSampleCountPercentile") != "evaluate":
            yield f"{file} {name}: does not look while there are few requests (EvaluateLowSampleCountPercentile)"


ACCESS_LOG = ("Resources", "Stage", "Properties", "AccessLogSettings", "Format")


def access_log_problems(template):
    """Each line is JSON, of a failure too: CloudWatch finds and counts nothing in another."""
    lines = {
        "of an answer": lambda variable: "200" if variable.endswith("status") else "-",
        "of an error": lambda variable: '"Too Many Requests"' if variable.endswith("messageString") else "Too Many Requests",
    }
    for name, value in lines.items():
        try:
            json.loads(re.sub(r"\$context\.[A-Za-z.]+", lambda match: value(match[0]), at(template, ACCESS_LOG)))
        except ValueError as invalid:
            yield f"template.yaml Stage: the line of the access log {name} is not JSON: {invalid}"


# How DynamoDB names what it refuses; an index is not part of its table there.
REFUSED = {f"{kind}ThrottleEvents {table}" for kind in ("Read", "Write") for table in ("FamiliesTable", "FamiliesTable by-user", "EphemeralTable", "RegistryTable")}


def throttle_problems(observe):
    """Requests that DynamoDB or the API refuses are seen, of each table and index."""
    resources = observe["Resources"]
    seen = set()
    for metric in resources["TableThrottles"]["Properties"]["Metrics"]:
        if "MetricStat" in metric:
            one = metric["MetricStat"]["Metric"]
            seen.add(" ".join([one["MetricName"], *(d["Value"]["Ref"] if isinstance(d["Value"], dict) else d["Value"] for d in one["Dimensions"])]))
    for name in sorted(REFUSED ^ seen):
        yield f"infra/observe.yaml TableThrottles: looks not at exactly what there is: {name}"
    filters = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::MetricFilter"]
    made = {(str(t["MetricNamespace"]), t["MetricName"]) for f in filters for t in f["MetricTransformations"]}
    for name, resource in resources.items():
        properties = resource["Properties"]
        namespace = str(properties.get("Namespace", ""))
        if "Latchkey/" in namespace and (namespace, properties["MetricName"]) not in made:
            yield f"infra/observe.yaml {name}: no filter makes {properties['MetricName']}"


def alarm_metrics(stack):
    """How many metrics the alarms of a template look at, which is what AWS charges for."""
    for resource in stack["Resources"].values():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            yield sum("MetricStat" in metric for metric in resource["Properties"]["Metrics"]) if "Metrics" in resource["Properties"] else 1


def at(template, path):
    for name in path:
        template = template[name]
    return template


def changed(template, path, change):
    """A copy with one value changed."""
    copied = copy.deepcopy(template)
    at(copied, path[:-1])[path[-1]] = change(at(copied, path))
    return copied


def proofs(template, observe, alarms):
    """Each rule has to find the fault in a copy that has one, or its silence proves nothing."""
    body = lambda old, new: dashboard_problems(changed(observe, DASHBOARD, lambda text: text.replace(old, new)))
    slow = ("Resources", "Slow", "Properties", "EvaluateLowSampleCountPercentile")
    log = lambda old, new: access_log_problems(changed(template, ACCESS_LOG, lambda text: text.replace(old, new)))
    found = {
        "errors that are quoted twice": log("$context.error.message", "$context.error.messageString"),
        "errors without quotes": log('"$context.error.message"', "$context.error.messageString"),
        "an alarm that needs many requests": percentile_problems("alarms.yaml", changed(alarms, slow, lambda _: "ignore")),
        "a dashboard that is not JSON": body('\\"', '\\\\"'),
        "a table that nobody looks at": throttle_problems(
            changed(observe, ("Resources", "TableThrottles", "Properties", "Metrics"), lambda metrics: metrics[:-1])
        ),
        "a filter for another metric": throttle_problems(
            changed(observe, ("Resources", "TooManyRequests", "Properties", "MetricTransformations", 0, "MetricName"), lambda _: "refused")
        ),
        "a widget without a region": body('"region": "${AWS::Region}", ', ""),
        "a search for the exact name": body("FunctionName=${Application}", 'FunctionName=\\"${Application}-\\"'),
    }
    yield from (f"the rule about {fault} finds nothing in a copy that has it" for fault, problems in found.items() if not list(problems))
