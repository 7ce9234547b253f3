"""House rules for the templates, applied to the CloudFormation that SAM makes of template.yaml.

Linting template.yaml itself proves less than it seems: cfn-lint and sam validate accept any runtime name there.
On the expanded form cfn-lint knows the runtimes, and the rules below see what AWS will see.
"""

import copy
import csv
import json
import logging
import pathlib
import re
import subprocess
import sys
import tempfile

import deploy_rules
import edge_rules
import key_rules
import observe_rules
import tomlkit
from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

# It tells of features of its own for each function.
logging.getLogger("samtranslator").setLevel(logging.ERROR)
ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNTIME = "java25"
# Reached by name and never over HTTP. Every other function has a route.
UNROUTED = {"KeySetFunction", "OperatorFunction", "PortalFunction"}
# Stacks that are off unless somebody wants them, each with its function and its roles.
OPTIONAL = ("infra/healthlake.yaml", "infra/authorizer.yaml", "infra/sign-in-page.yaml")


class NoManagedPolicies:
    """Every role is written out in infra/roles.yaml, so SAM has no managed policy to look up."""

    def load(self):
        return {}


def expand(template):
    """The template as SAM hands it to CloudFormation, with the addresses that packaging would fill in."""
    fragment = copy.deepcopy(template)
    fragment["Globals"]["Function"]["CodeUri"] = "s3://bucket/functions.zip"
    for stack in of_type(fragment, "AWS::CloudFormation::Stack").values():
        stack["Properties"]["TemplateURL"] = "https://s3.amazonaws.com/bucket/nested.yaml"
    fragment["Parameters"] = {
        name: {**value, "Default": value.get("Default", "unset")} for name, value in fragment["Parameters"].items()
    }
    return transform(fragment, {}, NoManagedPolicies())


def cfn_lint(expanded):
    with tempfile.NamedTemporaryFile("w", suffix=".json", dir=ROOT / ".venv") as file:
        json.dump(expanded, file)
        file.flush()
        # SAM has put the default of a parameter of its own in its place (W2001); template.yaml itself is linted with that rule.
        command = [pathlib.Path(sys.executable).with_name("cfn-lint"), "--ignore-checks", "W2001", "--", file.name]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def of_type(template, name):
    return {key: value for key, value in template["Resources"].items() if value["Type"] == name}


def with_runtime(expanded, runtime):
    changed = copy.deepcopy(expanded)
    for function in of_type(changed, "AWS::Lambda::Function").values():
        function["Properties"]["Runtime"] = runtime
    return changed


def runtime_problems(expanded):
    linted = cfn_lint(expanded)
    if linted.returncode:
        yield f"the expanded template does not pass cfn-lint:\n{linted.stdout}{linted.stderr}"
    if not cfn_lint(with_runtime(expanded, "java99")).returncode:
        yield "cfn-lint accepts the runtime java99, so its silence about ours proves nothing"


def function_problems(expanded):
    aliases = [value["Properties"] for value in of_type(expanded, "AWS::Lambda::Alias").values()]
    for name, function in of_type(expanded, "AWS::Lambda::Function").items():
        properties = function["Properties"]
        log_group = properties.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref")
        group = expanded["Resources"].get(log_group, {})
        expected = {
            f"runs on {RUNTIME}": properties["Runtime"] == RUNTIME,
            "uses SnapStart": "PublishedVersions" in str(properties.get("SnapStart")),
            "writes JSON logs": properties.get("LoggingConfig", {}).get("LogFormat") == "JSON",
            "has a log group of its own with retention": "RetentionInDays" in group.get("Properties", {}),
            "takes its role from infra/roles.yaml": "Roles" in str(properties["Role"])
            or properties["Role"] == {"Fn::GetAtt": [name.replace("Function", "Role"), "Arn"]},
            "has the alias live": {"Ref": name} in [a["FunctionName"] for a in aliases if a["Name"] == "live"],
        }
        yield from (f"{name}: nothing says that it {rule}" for rule, holds in expected.items() if not holds)


def optional_problems(stack):
    """An optional stack has functions as the others are, with a role and alarms of its own."""
    yield from function_problems(expand(stack))
    for name in of_type(stack, "AWS::Serverless::Function"):
        if name.replace("Function", "Alarms") not in stack["Resources"]:
            yield f"{name}: no stack of infra/alarms.yaml looks at it"


def route_problems(template, expanded):
    """Events document the routes (and give API Gateway its permission); route resources make them."""
    events = {}
    for name, function in of_type(template, "AWS::Serverless::Function").items():
        declared = function["Properties"].get("Events", {})
        if bool(declared) == (name in UNROUTED):
            yield f"{name}: {'must not have a route' if declared else 'has no route'}"
        for event in declared.values():
            properties = event["Properties"]
            events[f"{properties['Method']} {properties['Path']}"] = name
    routes = {}
    for route in of_type(expanded, "AWS::ApiGatewayV2::Route").values():
        integration = route["Properties"]["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
        alias = expanded["Resources"][integration]["Properties"]["IntegrationUri"]["Ref"]
        routes[route["Properties"]["RouteKey"]] = alias.removesuffix("Aliaslive")
    for key in sorted(events.keys() | routes.keys()):
        if events.get(key) != routes.get(key):
            yield f"{key}: the event says {events.get(key)}, the route leads to {routes.get(key)}"


def policies(roles):
    """Each policy document, written into a role or a resource of its own: the name of what has it, the document, its condition."""
    for name, role in of_type(roles, "AWS::IAM::Role").items():
        yield from ((name, policy["PolicyDocument"], "") for policy in role["Properties"].get("Policies", []))
    for name, policy in of_type(roles, "AWS::IAM::RolePolicy").items():
        yield name, policy["Properties"]["PolicyDocument"], ""
    for policy in of_type(roles, "AWS::IAM::Policy").values():
        for role in policy["Properties"]["Roles"]:
            yield role["Ref"], policy["Properties"]["PolicyDocument"], policy.get("Condition", "")


def permission_problems(roles):
    documents = [(name, document) for name, document, _ in policies(roles)]
    for name, role in of_type(roles, "AWS::IAM::Role").items():
        if role["Properties"].get("ManagedPolicyArns"):
            yield f"{name}: a managed policy is wider than one function needs"
    for name, document in documents:
        for statement in document["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            label = f"{name} {statement.get('Sid', '(no Sid)')}"
            if "Sid" not in statement:
                yield f"{label}: a statement has to say in its Sid what it is for"
            if any("*" in action for action in actions):
                yield f"{label}: an action has a wildcard"
            if statement["Resource"] == "*":
                yield f"{label}: the resource is a wildcard"
            if "kms:Sign" in actions and "kms:SigningAlgorithm" not in str(statement.get("Condition")):
                yield f"{label}: kms:Sign without a condition on the algorithm"
            if {"kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyPairWithoutPlaintext"} & set(actions) and "kms:EncryptionContext:use" not in str(statement.get("Condition")):
                yield f"{label}: a wrapping key without a condition on what it is used for"


def condition_text(condition):
    """One line, short enough to be read in a review: the keys of a condition without their operators."""
    parts = [f"{key} = {' or '.join(v) if isinstance(v, list) else v}" for test in condition.values() for key, v in test.items()]
    return " and ".join(parts)


def permission_rows(roles):
    """What each role may do, a line for each action: role, action, on what, and when."""
    for name, document, condition in policies(roles):
        for statement in document["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            when = " and ".join(part for part in (condition, condition_text(statement.get("Condition", {}))) if part)
            for resource in resources:
                target = resource if isinstance(resource, str) else next(iter(resource.values()))
                for action in actions:
                    yield ",".join([name, action, target.split("${AWS::AccountId}:")[-1], when])


def permission_table_problems(roles, table):
    """A right that nobody has read in docs/permissions.csv is a mistake in one of the two files."""
    reviewed = table.splitlines()[1:]
    rows = sorted(permission_rows(roles))
    for row in sorted(set(rows) - set(reviewed)):
        yield f"docs/permissions.csv lacks this right of infra/roles.yaml or an optional stack: {row}"
    for row in sorted(set(reviewed) - set(rows)):
        yield f"docs/permissions.csv has a right that no template gives: {row}"


def tag_problems(name, template):
    tagged = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::IAM::Role", "AWS::Lambda::Function", "AWS::Logs::LogGroup",
              "AWS::SNS::Topic", "AWS::CloudWatch::Alarm", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::DomainName",
              "AWS::CloudFront::Distribution", "AWS::CloudFront::Function", "AWS::WAFv2::WebACL", "AWS::SecretsManager::Secret", "AWS::RDS::DBCluster", "AWS::ECS::Service",
              "AWS::ECS::TaskDefinition", "AWS::EC2::SecurityGroup", "AWS::ElasticLoadBalancingV2::LoadBalancer")
    for key, resource in template["Resources"].items():
        if resource["Type"] in tagged and not all(f"'{tag}'" in str(resource["Properties"].get("Tags")) for tag in ("application", "environment")):
            yield f"{name} {key}: has not both tags, application and environment"
        if resource["Type"] == "AWS::Logs::LogGroup" and "RetentionInDays" not in resource["Properties"]:
            yield f"{name} {key}: keeps logs for ever"


def role_problems(expanded):
    """SAM makes a role with a managed policy for whatever was not given one."""
    for key in of_type(expanded, "AWS::IAM::Role"):
        yield f"template.yaml {key}: a role that is not in infra/roles.yaml"


def changed(template, key, change):
    """A copy of a template with one resource changed."""
    copied = copy.deepcopy(template)
    change(copied["Resources"][key])
    return copied


def more_proofs(expanded, roles, table, tables, keys):
    """As proofs, for the rules about functions and rights."""
    first = lambda resource: resource["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]
    function = lambda change: function_problems(changed(expanded, "TokenFunction", change))
    role = lambda change: permission_problems(changed(roles, "TokenRole", change))
    more = changed(roles, "TokenRole", lambda r: first(r).update(Action=["logs:CreateLogStream", "logs:PutLogEvents", "logs:DeleteLogStream"]))
    less = changed(roles, "TokenRole", lambda r: first(r).update(Action="logs:PutLogEvents"))
    broken = {
        "another runtime": function(lambda f: f["Properties"].update(Runtime="java21")),
        "no SnapStart": function(lambda f: f["Properties"].pop("SnapStart")),
        "plain logs": function(lambda f: f["Properties"]["LoggingConfig"].pop("LogFormat")),
        "logs without retention": function_problems(changed(expanded, "TokenLogs", lambda g: g["Properties"].pop("RetentionInDays"))),
        "a role of SAM's": function(lambda f: f["Properties"].update(Role="TokenFunctionRole")),
        "another alias": function_problems(changed(expanded, "TokenFunctionAliaslive", lambda a: a["Properties"].update(Name="test"))),
        "a wildcard action": role(lambda r: first(r).update(Action="logs:*")),
        "a wildcard resource": role(lambda r: first(r).update(Resource="*")),
        "a managed policy": role(lambda r: r["Properties"].update(ManagedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"])),
        "a right that is not in the table": permission_table_problems(more, table),
        "a right that only the table has": permission_table_problems(less, table),
        "no tags": tag_problems("roles", changed(roles, "TokenRole", lambda r: r["Properties"].pop("Tags"))),
        "a log group for ever": tag_problems("template", changed(expanded, "AccessLogs", lambda g: g["Properties"].pop("RetentionInDays"))),
        "a table that goes with its stack": retention_problems("tables", changed(tables, "RegistryTable", lambda t: t.update(DeletionPolicy="Delete"))),
        "a table that a failed deployment leaves": retention_problems("tables", changed(tables, "RegistryTable", lambda t: t.update(DeletionPolicy="Retain"))),
        "a table that goes when it is replaced": retention_problems("tables", changed(tables, "RegistryTable", lambda t: t.pop("UpdateReplacePolicy"))),
        "a key that goes with its stack": retention_problems("keys", changed(keys, "TokenKey", lambda k: k.pop("DeletionPolicy"))),
        "a table without end": throughput_problems(changed(tables, "EphemeralTable", lambda t: t["Properties"].pop("OnDemandThroughput"))),
        "an index without end": throughput_problems(changed(tables, "FamiliesTable", lambda t: t["Properties"]["GlobalSecondaryIndexes"][0].pop("OnDemandThroughput"))),
        "a role elsewhere": role_problems({"Resources": {"OwnRole": roles["Resources"]["TokenRole"]}}),
    }
    yield from (f"the rule about {fault} finds nothing in a copy that has it" for fault, found in broken.items() if not list(found))


def retention_problems(name, template):
    """Data and keys outlive their stack. A table of a first deployment that failed has none; a key may be deleted by nobody."""
    kept = {"AWS::DynamoDB::Table": "RetainExceptOnCreate", "AWS::KMS::Key": "Retain"}
    for key, resource in template["Resources"].items():
        policy = kept.get(resource["Type"])
        if policy and (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) != (policy, "Retain"):
            yield f"{name} {key}: has to be kept when the stack or the resource goes (DeletionPolicy {policy}, UpdateReplacePolicy Retain)"


def throughput_problems(tables):
    """What a flood may cost is known: tables on demand, and their indexes, have an end."""
    most = {"MaxReadRequestUnits": {"Ref": "MostReads"}, "MaxWriteRequestUnits": {"Ref": "MostWrites"}}
    for name, table in of_type(tables, "AWS::DynamoDB::Table").items():
        properties = table["Properties"]
        for label, one in [(name, properties)] + [(f"{name} {i['IndexName']}", i) for i in properties.get("GlobalSecondaryIndexes", [])]:
            if one.get("OnDemandThroughput") != most:
                yield f"infra/tables.yaml {label}: takes requests without end (OnDemandThroughput)"


def by_default(template, value):
    """A value, or a condition, of a stack that is made with the defaults of its parameters."""
    if not isinstance(value, dict) or len(value) != 1:
        return value
    [(function, argument)] = value.items()
    inner = lambda one: by_default(template, one)
    return {
        "Ref": lambda: template["Parameters"][argument].get("Default", argument) if argument in template["Parameters"] else argument,
        "Condition": lambda: inner(template["Conditions"][argument]),
        "Fn::If": lambda: inner(argument[1] if inner({"Condition": argument[0]}) else argument[2]),
        "Fn::Equals": lambda: inner(argument[0]) == inner(argument[1]),
        "Fn::Not": lambda: not inner(argument[0]),
        "Fn::And": lambda: all(map(inner, argument)),
        "Fn::Or": lambda: any(map(inner, argument)),
    }.get(function, lambda: str(argument))()


def output_problems(name, template):
    """CloudFormation may refuse an output that is empty, and with it the stack."""
    for key, output in template.get("Outputs", {}).items():
        if ("Condition" not in output or by_default(template, {"Condition": output["Condition"]})) and by_default(template, output["Value"]) == "":
            yield f"{name} {key}: an empty output by default; give it a Condition"


def alarm_problems(template, stacks, runbook, source):
    """Each alarm has a row in the runbook and each row an alarm; a metric of ours is one that the functions write."""
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", runbook.split("\n## Alarms\n", 1)[-1].split("\n## ", 1)[0], re.MULTILINE))
    labels = set(re.findall(r'^    [A-Z_]+\("([a-z_]+)"\)[,;]', source, re.MULTILINE))
    alarms = {}
    for file, stack in stacks.items():
        for key, alarm in of_type(stack, "AWS::CloudWatch::Alarm").items():
            properties = alarm["Properties"]
            alarms[str(properties["AlarmName"].get("Fn::Sub")).rsplit("}-", 1)[-1]] = f"{file} {key}"
            if properties.get("Namespace") == "Latchkey" and properties["MetricName"] not in labels:
                yield f"{file} {key}: no function reports {properties['MetricName']}"
            if properties.get("TreatMissingData") != "notBreaching":
                yield f"{file} {key}: no requests are no alarm (TreatMissingData)"
    watched_events = {alarm["Properties"].get("MetricName") for stack in stacks.values() for alarm in of_type(stack, "AWS::CloudWatch::Alarm").values()}
    for label in sorted(labels - watched_events - {"shadow_suspected"}):
        yield f"OperatorEvent.java: no alarm looks at {label}"
    for name in sorted(alarms.keys() - rows):
        yield f"{alarms[name]}: docs/operations.md has no row `{name}` under Alarms"
    for name in sorted(rows - alarms.keys()):
        yield f"docs/operations.md: the row `{name}` under Alarms belongs to no alarm"
    watched = {str(stack["Properties"]["Parameters"].get("Function")) for stack in of_type(template, "AWS::CloudFormation::Stack").values()}
    for name in of_type(template, "AWS::Serverless::Function"):
        if str({"Ref": name}) not in watched:
            yield f"{name}: no stack of infra/alarms.yaml looks at it"


def proofs(template, stacks, runbook, source):
    """Each rule has to find the fault in a copy that has one, or its silence proves nothing."""

    def without_row(text):
        return text.replace("| `reuse` |", "| reuse |")

    orphan = copy.deepcopy(template)
    del orphan["Resources"]["TokenAlarms"]
    renamed = copy.deepcopy(stacks)
    renamed["infra/observe.yaml"]["Resources"]["Reuse"]["Properties"]["MetricName"] = "re_use"
    empty = copy.deepcopy(stacks["infra/observe.yaml"])
    del empty["Outputs"]["Topic"]["Condition"]
    broken = {
        "an empty output": output_problems("observe.yaml", empty),
        "an alarm without a row": alarm_problems(template, stacks, without_row(runbook), source),
        "a row without an alarm": alarm_problems(template, stacks, runbook.replace("| `slow` |", "| `slow` |\n| `sloow` |"), source),
        "a function without alarms": alarm_problems(orphan, stacks, runbook, source),
        "an event without an alarm": alarm_problems(template, stacks, runbook, source.replace('WRONG_SECRETS("wrong_secrets"),', 'WRONG_SECRETS("wrong_secrets"),\n    NEW("new"),')),
        "a metric that nobody writes": alarm_problems(template, renamed, runbook, source),
    }
    yield from (f"the rule about {fault} finds nothing in a copy that has it" for fault, found in broken.items() if not list(found))


def load_problems(templates, facts):
    """What infra/cost says of the templates has to be what they say."""
    alarms = templates["infra/alarms.yaml"], templates["infra/observe.yaml"]
    # AWS charges for each metric that an alarm looks at.
    for_each, at_all = (sum(observe_rules.alarm_metrics(stack)) for stack in alarms)
    always = [
        resource
        for resource in templates["template.yaml"]["Resources"].values()
        if resource["Type"] == "AWS::CloudFormation::Stack"
        and resource["Properties"]["TemplateURL"] == "infra/alarms.yaml"
        and "Condition" not in resource
    ]
    memory = {name: templates[name]["Globals"]["Function"]["MemorySize"] / 1024 for name in ("template.yaml", "infra/healthlake.yaml", "infra/authorizer.yaml")}
    said = {
        "fixed alarms": {for_each * len(always) + at_all},
        "memory": {memory["template.yaml"]},
        "memory in front of FHIR servers": {memory["infra/healthlake.yaml"], memory["infra/authorizer.yaml"]},
        "API throttle of a route": {templates["template.yaml"]["Parameters"]["ThrottlingRateLimit"]["Default"]},
    }
    for name, values in said.items():
        for value in values:
            if abs(facts[name] - value) > 0.001:
                yield f"infra/cost: {name} is {facts[name]:g} there and {value:g} in the templates"


def lasting_problems(stack):
    """HealthLake keeps the ARN of the function for good, so it may not be one that CloudFormation makes up."""
    name = stack["Resources"]["HealthLakeFunction"]["Properties"].get("FunctionName", {})
    if name != {"Fn::Sub": "${Application}-healthlake"}:
        yield "infra/healthlake.yaml: HealthLakeFunction needs a FunctionName that is made of the name of the application alone"


def load_proofs(templates, facts):
    """Each of these figures has to be missed when it is wrong, or the silence proves nothing."""
    for name in ("fixed alarms", "memory", "memory in front of FHIR servers", "API throttle of a route"):
        if not list(load_problems(templates, facts | {name: facts[name] + 1})):
            yield f"the rule about {name} in infra/cost finds nothing when it is wrong"


def cost_facts():
    """The figures of infra/cost that are about the templates, by name."""
    facts = {}
    for file, name in (("load.csv", "name"), ("quotas.csv", "quota")):
        with open(ROOT / "infra/cost" / file, newline="", encoding="utf-8") as lines:
            facts |= {row[name]: float(row["value"]) for row in csv.DictReader(lines)}
    return facts


def main():
    read = lambda name: yaml_parse((ROOT / name).read_text(encoding="utf-8"))
    template = read("template.yaml")
    edge = read("infra/edge.yaml")
    expanded = expand(template)
    optional = {name: read(name) for name in OPTIONAL}
    roles = {"Resources": read("infra/roles.yaml")["Resources"] | {k: v for stack in optional.values() for k, v in stack["Resources"].items()}}
    stacks = {name: read(name) for name in ("template.yaml", *(f"infra/{file.name}" for file in sorted((ROOT / "infra").glob("*.yaml"))))}
    pages = {f"docs/{file.name}": file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs").glob("*.md"))}
    samconfig = tomlkit.parse((ROOT / "samconfig.toml").read_text(encoding="utf-8")).unwrap()
    sandbox = (stacks["infra/sandbox.yaml"], (ROOT / "infra/sandbox.Containerfile").read_text(encoding="utf-8"))
    table = (ROOT / "docs/permissions.csv").read_text(encoding="utf-8")
    watching = (
        template,
        {name: read(name) for name in ("infra/alarms.yaml", "infra/observe.yaml")},
        (ROOT / "docs/operations.md").read_text(encoding="utf-8"),
        (ROOT / "functions/src/main/java/dev/latchkey/event/OperatorEvent.java").read_text(encoding="utf-8"),
    )
    using = (read("infra/keys.yaml"), roles, list(policies(roles)))
    costed = {name: read(name) for name in ("template.yaml", "infra/alarms.yaml", "infra/observe.yaml", *OPTIONAL)}, cost_facts()
    problems = [
        *key_rules.key_problems(*using),
        *key_rules.proofs(*using),
        *alarm_problems(*watching),
        *proofs(*watching),
        *observe_rules.dashboard_problems(watching[1]["infra/observe.yaml"]),
        *(problem for file, stack in watching[1].items() for problem in observe_rules.percentile_problems(file, stack)),
        *observe_rules.throttle_problems(watching[1]["infra/observe.yaml"]),
        *observe_rules.access_log_problems(template),
        *observe_rules.proofs(template, watching[1]["infra/observe.yaml"], watching[1]["infra/alarms.yaml"]),
        *lasting_problems(optional["infra/healthlake.yaml"]),
        *load_problems(*costed),
        *load_proofs(*costed),
        *edge_rules.edge_problems(edge),
        *edge_rules.origin_problems(template),
        *edge_rules.proofs(edge, template),
        *deploy_rules.rollout_problems("template.yaml", template, expand),
        *deploy_rules.rollout_problems("infra/sign-in-page.yaml", optional["infra/sign-in-page.yaml"], expand),
        *deploy_rules.rollout_proofs(template, expand),
        *deploy_rules.page_problems(pages, stacks),
        *deploy_rules.page_proofs(pages, stacks),
        *deploy_rules.samconfig_problems(samconfig, stacks),
        *deploy_rules.samconfig_proofs(samconfig, stacks),
        *deploy_rules.sign_in_problems(template),
        *deploy_rules.sign_in_proofs(template),
        *deploy_rules.sandbox_problems(*sandbox),
        *deploy_rules.sandbox_proofs(*sandbox),
        *runtime_problems(expanded),
        *function_problems(expanded),
        *(problem for stack in optional.values() for problem in optional_problems(stack)),
        *route_problems(template, expanded),
        *permission_problems(roles),
        *permission_table_problems(roles, table),
        *(problem for file in sorted((ROOT / "infra").glob("*.yaml")) for problem in output_problems(file.name, yaml_parse(file.read_text(encoding="utf-8")))),
        *output_problems("template.yaml", template),
        *role_problems(expanded),
        *more_proofs(expanded, roles, table, read("infra/tables.yaml"), read("infra/keys.yaml")),
        *tag_problems("template.yaml", expanded),
        *(problem for file in sorted((ROOT / "infra").glob("*.yaml")) for problem in tag_problems(file.name, yaml_parse(file.read_text(encoding="utf-8")))),
        *throughput_problems(read("infra/tables.yaml")),
        *retention_problems("infra/tables.yaml", read("infra/tables.yaml")),
        *retention_problems("infra/keys.yaml", read("infra/keys.yaml")),
    ]
    for problem in problems:
        print(f"infra/check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
