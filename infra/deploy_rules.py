"""House rules for what the runbooks of docs/deploy.md and docs/operations.md count on in the templates."""

import copy


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
