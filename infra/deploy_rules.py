"""House rules for what the runbooks of docs/deploy.md and docs/operations.md count on in the templates."""

import copy
import re

# What looks like a parameter of a stack in a command and is a word of the AWS CLI.
WORDS_OF_THE_CLI = {"AttributeDataType", "AttributeName", "Deployment", "Enabled", "MaxReadRequestUnits", "MaxWriteRequestUnits", "Mutable", "Name", "PointInTimeRecoveryEnabled", "Value", "Values"}
# What a section cannot do without. Each of these was missing once, and the runbook did not work.
SAID = (
    ("docs/operations.md", "Restore from backup", "RolloutAlarms=false", "a gradual deployment would leave the old version without its table"),
    ("docs/operations.md", "When an alarm is on already", "RolloutAlarms=false", "CodeDeploy keeps the remedy out"),
    ("docs/operations.md", "Standby region", "`OriginTarget`", "the API answers to its own names only"),
    ("docs/operations.md", "The drill", "SignInPage=", "a stack of its own has no users"),
    ("docs/operations.md", "Stop and start", "AWS::CloudFormation::Stack", "some functions are in stacks inside"),
    ("docs/resource-servers.md", "Let apps find Latchkey", "/fhir/.well-known/smart-configuration", "no app finds Latchkey by itself"),
    ("docs/deploy.md", "Install", "Update:Replace", "SAM's change sets do not show what an update does to tables and keys"),
    ("docs/deploy.md", "Roll back", "RolloutAlarms=false", "CodeDeploy keeps the version before out"),
)

def of_type(template, name):
    return {key: value for key, value in template["Resources"].items() if value["Type"] == name}


def with_default(template, parameter, value):
    changed = copy.deepcopy(template)
    changed["Parameters"][parameter]["Default"] = value
    return changed


def rollout_problems(name, template, expand):
    """Alarms guard a deployment, and RolloutAlarms=false leaves CodeDeploy out: it would refuse the remedy while they are on."""
    guarded = expand(with_default(template, "RolloutAlarms", "true"))
    for key, group in of_type(guarded, "AWS::CodeDeploy::DeploymentGroup").items():
        configuration = group["Properties"].get("AlarmConfiguration", {})
        if not (configuration.get("Enabled") and configuration.get("Alarms")):
            yield f"{name} {key}: no alarm stops its deployment"
    groups = len(of_type(guarded, "AWS::CodeDeploy::DeploymentGroup"))
    if groups != len(of_type(template, "AWS::Serverless::Function")):
        yield f"{name}: CodeDeploy moves {groups} functions, and not each"
    forced = expand(with_default(template, "RolloutAlarms", "false"))
    for key in of_type(forced, "AWS::CodeDeploy::DeploymentGroup"):
        yield f"{name} {key}: an alarm that is on keeps the remedy out, even with RolloutAlarms=false"
    for key, alias in of_type(forced, "AWS::Lambda::Alias").items():
        if "UpdatePolicy" in alias:
            yield f"{name} {key}: CodeDeploy moves it, even with RolloutAlarms=false"


def rollout_proofs(template, expand):
    """Each rule has to find the fault in a copy that has one, or its silence proves nothing."""
    preference = lambda copied, key: copied["Resources"][key]["Properties"]["DeploymentPreference"]
    always, unguarded, apart = (copy.deepcopy(template) for _ in range(3))
    del always["Globals"]["Function"]["DeploymentPreference"]["Enabled"]
    del preference(unguarded, "TokenFunction")["Alarms"]
    preference(apart, "TokenFunction")["Enabled"] = False
    broken = {
        "CodeDeploy whatever the parameter says": always,
        "a function without alarms to stop it": unguarded,
        "a function that CodeDeploy does not move": apart,
    }
    for fault, copied in broken.items():
        if not list(rollout_problems("template.yaml", copied, expand)):
            yield f"the rule about {fault} finds nothing in a copy that has it"


def section(text, title):
    """What stands below a heading, up to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,2}} |\Z)", text, re.MULTILINE | re.DOTALL)
    if found and len(found[1]) > 2:
        return found[2].split(f"\n{found[1]} ")[0]
    return found[2] if found else ""


def page_problems(pages, stacks):
    """Parameters and outputs that a page names are there, and its runbooks say what they cannot do without."""
    parameters = {name for stack in stacks.values() for name in stack.get("Parameters", {})}
    outputs = {name for stack in stacks.values() for name in stack.get("Outputs", {})}
    for page, text in pages.items():
        code = "\n".join(re.findall(r"^ *```.*?^ *```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))
        for name in sorted(set(re.findall(r"(?<![\w.:$/-])([A-Z][a-z]\w*)=(?!=)", code)) - parameters - WORDS_OF_THE_CLI):
            yield f"{page}: no stack has the parameter {name}"
        for name in sorted(set(re.findall(r"(?:OutputKey=='|`\w+\.Outputs\.)(\w+)", code)) - outputs):
            yield f"{page}: no stack has the output {name}"
    for page, title, wanted, why in SAID:
        if wanted not in section(pages[page], title):
            yield f"{page}, {title}: does not say {wanted}: {why}"


def page_proofs(pages, stacks):
    changed = lambda page, old, new: {**pages, page: pages[page].replace(old, new)}
    broken = {
        "a parameter that no stack has": changed("docs/operations.md", "RolloutAlarms=true", "RolloutAlarm=true"),
        "an output that no stack has": changed("docs/operations.md", "OperatorFunctionName'", "OperatorName'"),
        **{f"{title} without {wanted}": changed(page, wanted, "") for page, title, wanted, _ in SAID},
    }
    for fault, copied in broken.items():
        if not list(page_problems(copied, stacks)):
            yield f"the rule about {fault} finds nothing in a copy that has it"


def sandbox_problems(stack, image):
    """What the container of the sandbox needs to start, and to go on after a week."""
    lines = [line.split() for line in image.splitlines() if line and not line.startswith("#")]
    before_user = lines[: next((i for i, line in enumerate(lines) if line[0] == "USER"), 0)]
    volumes = [path for line in before_user if line[0] == "VOLUME" for path in re.findall(r'"([^"]+)"', " ".join(line[1:]))]
    container = stack["Resources"]["Task"]["Properties"]["ContainerDefinitions"][0]
    mounts = [mount["ContainerPath"] for mount in container["MountPoints"]]
    yield from (f"infra/sandbox.Containerfile: nothing says VOLUME {path} before USER, so it belongs to root on Fargate" for path in mounts if path not in volumes)
    data = next(one["Value"] for one in container["Environment"] if one["Name"] == "LATCHKEY_DATA")
    if not any(data.startswith(f"{path}/") for path in mounts):
        yield f"infra/sandbox.yaml: the container cannot write to {data}"
    database = stack["Resources"]["Database"]["Properties"]
    password = next(one["ValueFrom"] for one in container["Secrets"] if one["Name"] == "SPRING_DATASOURCE_PASSWORD")
    rotated = "ManageMasterUserPassword" in database or any(
        "RotationSchedule" in resource["Type"] for resource in stack["Resources"].values()
    )
    if rotated or password != {"Ref": "DatabasePassword"} or "${DatabasePassword}" not in str(database.get("MasterUserPassword")):
        yield "infra/sandbox.yaml: the password changes by itself, and the container reads it once"
    if stack["Resources"]["Target"]["Properties"]["HealthCheckPath"] != "/jwks":
        yield "infra/sandbox.yaml: the health check reads nothing from the database"


def sandbox_proofs(stack, image):
    def moved(key, change):
        copied = copy.deepcopy(stack)
        change(copied["Resources"][key]["Properties"])
        return copied

    container = lambda task: task["ContainerDefinitions"][0]
    broken = {
        "a volume that belongs to root": (stack, image.replace("VOLUME", "# VOLUME")),
        "a volume after USER": (stack, image.replace('VOLUME ["/tmp"]\nUSER 1000', 'USER 1000\nVOLUME ["/tmp"]')),
        "a password that RDS changes": (moved("Database", lambda database: database.update(ManageMasterUserPassword=True)), image),
        "another password in the container": (moved("Task", lambda task: container(task)["Secrets"][0].update(ValueFrom="another")), image),
        "a health check without the database": (
            moved("Target", lambda target: target.update(HealthCheckPath="/fhir/.well-known/smart-configuration")), image,
        ),
        "data outside of the volume": (moved("Task", lambda task: container(task).update(MountPoints=[])), image),
    }
    for fault, (copied, file) in broken.items():
        if not list(sandbox_problems(copied, file)):
            yield f"the rule about {fault} finds nothing in a copy that has it"


def holds(part, values):
    """A condition of a rule, as CloudFormation reads it."""
    (name, value), = part.items()
    return {
        "Ref": lambda: values[value],
        "Fn::Equals": lambda: len({holds(one, values) if isinstance(one, dict) else one for one in value}) == 1,
        "Fn::Not": lambda: not holds(value[0], values),
        "Fn::Or": lambda: any(holds(one, values) for one in value),
        "Fn::And": lambda: all(holds(one, values) for one in value),
    }[name]()


def refusals(template, overrides):
    """What CloudFormation says to these parameters, before it does anything."""
    values = {name: str(value.get("Default", "")) for name, value in template["Parameters"].items()} | overrides
    for rule in template.get("Rules", {}).values():
        if "RuleCondition" not in rule or holds(rule["RuleCondition"], values):
            yield from (one["AssertDescription"] for one in rule["Assertions"] if not holds(one["Assert"], values))


def samconfig_problems(config, stacks):
    """What samconfig.toml begins a deployment with can be deployed."""
    if "default" not in config:
        yield "samconfig.toml: sam deploy --guided finds nothing to begin with"
    for name, commands in config.items():
        if name == "version":
            continue
        deploy = commands["deploy"]["parameters"]
        template = stacks["infra/edge.yaml" if name.endswith("-edge") else "template.yaml"]
        if "Transform" in template and set(deploy.get("capabilities", "").split()) != {"CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"}:
            yield f"samconfig.toml, {name}: CloudFormation refuses stacks inside that are SAM templates"
        overrides = dict(one.split("=", 1) for one in deploy.get("parameter_overrides", "").split())
        for parameter, value in overrides.items():
            known = template["Parameters"].get(parameter)
            if known is None:
                yield f"samconfig.toml, {name}: there is no parameter {parameter}"
            elif value not in map(str, known.get("AllowedValues", [value])) or not re.fullmatch(known.get("AllowedPattern", ".*"), value):
                yield f"samconfig.toml, {name}: {parameter} cannot be {value}"
        region = {"AWS::Region": deploy.get("region", "eu-west-1")}
        yield from (f"samconfig.toml, {name}: {refusal}" for refusal in refusals(template, overrides | region))


def samconfig_proofs(config, stacks):
    def with_deploy(name, **values):
        copied = copy.deepcopy(config)
        copied[name]["deploy"]["parameters"].update(values)
        return copied

    broken = {
        "nothing for sam deploy --guided": {name: value for name, value in config.items() if name != "default"},
        "no right to expand the stacks inside": with_deploy("default", capabilities="CAPABILITY_IAM"),
        "a misspelled parameter": with_deploy("dev", parameter_overrides="Enviroment=dev"),
        "a value that is not allowed": with_deploy("dev", parameter_overrides="Rollout=Slowly"),
        "a pattern that is not met": with_deploy("dev", parameter_overrides="Issuer=http://auth.example.org"),
        "an edge in another region": with_deploy("prod-edge", region="eu-west-1"),
    }
    for fault, copied in broken.items():
        if not list(samconfig_problems(copied, stacks)):
            yield f"the rule about {fault} finds nothing in a copy that has it"


def sign_in_problems(template):
    """Users of the server's own page are made in the sandbox only, so production is refused without another place to sign in."""
    needed = {"PortalIssuer": {"PortalIssuer": "https://login.example.org", "PortalClientId": "id"}}
    needed["SignInPage"] = {"SignInPage": "https://login.example.org", "SignInPageRole": "role"}
    if not list(refusals(template, {"Environment": "prod"})):
        yield "template.yaml: prod can be deployed where nobody can sign in"
    for name, parameters in needed.items():
        yield from (f"template.yaml: prod with {name} is refused: {refusal}" for refusal in refusals(template, {"Environment": "prod"} | parameters))
    yield from (f"template.yaml: the defaults are refused: {refusal}" for refusal in refusals(template, {}))


def sign_in_proofs(template):
    assertion = lambda copied: copied["Rules"]["ProductionHasSignIn"]["Assertions"][0]
    without, narrow, everywhere = (copy.deepcopy(template) for _ in range(3))
    del without["Rules"]["ProductionHasSignIn"]
    assertion(narrow)["Assert"] = {"Fn::Not": [{"Fn::Equals": [{"Ref": "PortalIssuer"}, ""]}]}
    del everywhere["Rules"]["ProductionHasSignIn"]["RuleCondition"]
    for fault, copied in {"no rule": without, "a rule that knows portals only": narrow, "a rule for every stack": everywhere}.items():
        if not list(sign_in_problems(copied)):
            yield f"the rule about sign-in in production finds nothing in a copy with {fault}"
