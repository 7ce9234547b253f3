"""House rules for the policies of the keys in infra/keys.yaml: who uses a key is one of the functions, and nobody deletes it."""

import copy
import re

# Who administers may not use, and not lock everybody out by deleting. kms:CreateGrant would hand the use of a key on.
ADMINISTRATION = {
    f"kms:{action}"
    for action in (
        "CancelKeyDeletion", "CreateAlias", "DeleteAlias", "DescribeKey", "DisableKey", "DisableKeyRotation", "EnableKey",
        "EnableKeyRotation", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags", "PutKeyPolicy", "ReplicateKey",
        "TagResource", "UntagResource", "UpdateAlias", "UpdateKeyDescription", "UpdatePrimaryRegion",
    )
}
PUBLIC = "kms:GetPublicKey"
ACCOUNT = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
ROLE = re.compile(r"arn:\$\{AWS::Partition}:iam::\$\{AWS::AccountId}:role(/latchkey/\$\{Application}/[a-z]+/)\*")
# Which key each parameter of infra/roles.yaml stands for.
KEYS = {"SigningKeyArns": "SigningKey", "PortalKeyArn": "PortalKey", "TokenKeyArn": "TokenKey"}
DIGEST_ONLY = {"kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "kms:MessageType": "DIGEST"}
USE = "kms:EncryptionContext:use"


def listed(value):
    return value if isinstance(value, list) else [value]


def needed(roles, policies):
    """What the functions do with the secret half of each key: the key, the action, for what, and the path of the role."""
    for name, document, _ in policies:
        path = roles["Resources"][name]["Properties"].get("Path", {}).get("Fn::Sub", "no path")
        for statement in document["Statement"]:
            key = KEYS.get(statement["Resource"].get("Ref") if isinstance(statement["Resource"], dict) else None)
            for action in set(listed(statement["Action"])) - {PUBLIC}:
                if key and action.startswith("kms:"):
                    yield key, action, statement["Condition"]["StringEquals"].get(USE, ""), path


def allowed(name, key):
    """The same, as the policy of the key says it. Whatever it allows to more than roles of functions is a problem of its own."""
    for statement in key["Properties"]["KeyPolicy"]["Statement"]:
        for action in set(listed(statement["Action"])) - ADMINISTRATION - {PUBLIC}:
            condition = statement.get("Condition", {})
            for use in listed(condition.get("StringEquals", {}).get(USE, "")):
                for role in listed(condition.get("ArnLike", {}).get("aws:PrincipalArn", "everybody")):
                    match = ROLE.fullmatch(role["Fn::Sub"]) if isinstance(role, dict) else None
                    yield name, action, use, match[1] if match else "everybody"


def key_problems(keys, roles, policies):
    resources = {name: key for name, key in keys["Resources"].items() if key["Type"] == "AWS::KMS::Key"}
    wanted = set(needed(roles, policies))
    given = {one for name, key in resources.items() for one in allowed(name, key)}
    for key, action, use, path in sorted(given - wanted):
        yield f"infra/keys.yaml {key}: its policy allows {action} {use} to {path}, whose role asks for no such thing"
    for key, action, use, path in sorted(wanted - given):
        yield f"infra/keys.yaml {key}: its policy does not allow {action} {use} to {path}, whose role needs it"
    for name, key in resources.items():
        statements = key["Properties"]["KeyPolicy"]["Statement"]
        if not any("kms:PutKeyPolicy" in listed(s["Action"]) and s["Principal"] == ACCOUNT and "Condition" not in s for s in statements):
            yield f"infra/keys.yaml {name}: nobody could change its policy again"
        for statement in statements:
            if statement["Principal"] != ACCOUNT or statement["Effect"] != "Allow":
                yield f"infra/keys.yaml {name} {statement['Sid']}: allows something to others than this account"
            if "kms:Sign" in listed(statement["Action"]) and not DIGEST_ONLY.items() <= statement.get("Condition", {}).get("StringEquals", {}).items():
                yield f"infra/keys.yaml {name} {statement['Sid']}: signs with another algorithm, or more than a digest"


def proofs(keys, roles, policies):
    """Each rule has to find the fault in a copy that has one, or its silence proves nothing."""

    def with_key(name, sid, change):
        copied = copy.deepcopy(keys)
        statements = copied["Resources"][name]["Properties"]["KeyPolicy"]["Statement"]
        change(next(statement for statement in statements if statement["Sid"] == sid))
        return key_problems(copied, roles, policies)

    def with_role(name, change):
        copied = copy.deepcopy(roles)
        change(copied["Resources"][name]["Properties"])
        return key_problems(keys, copied, policies)

    administers = lambda action: with_key("TokenKey", "AccountAdministers", lambda s: s["Action"].append(action))
    sign = lambda change: with_key("SigningKey", "RolesSignTokens", lambda s: change(s["Condition"]))
    stranger = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/latchkey/${Application}/par/*"}
    found = {
        "a key that can be deleted": administers("kms:ScheduleKeyDeletion"),
        "an administrator who unwraps": administers("kms:Decrypt"),
        "an administrator who may do all": administers("kms:*"),
        "an administrator who hands the use on": administers("kms:CreateGrant"),
        "signatures by anybody": sign(lambda c: c.pop("ArnLike")),
        "signatures by another function": sign(lambda c: c["ArnLike"]["aws:PrincipalArn"].append(stranger)),
        "signatures by any role": sign(lambda c: c["ArnLike"].update({"aws:PrincipalArn": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*"}})),
        "signatures with another algorithm": sign(lambda c: c["StringEquals"].pop("kms:SigningAlgorithm")),
        "signatures over any message": sign(lambda c: c["StringEquals"].update({"kms:MessageType": "RAW"})),
        "keys unwrapped for any use": with_key("TokenKey", "RolesUnwrapRefreshTokenKeys", lambda s: s["Condition"].pop("StringEquals")),
        "a policy that nobody can change": with_key("PortalKey", "AccountAdministers", lambda s: s["Action"].remove("kms:PutKeyPolicy")),
        "another account": with_key("PortalKey", "RolesReadPublicKey", lambda s: s.update(Principal={"AWS": "*"})),
        "a role without its path": with_role("TokenRole", lambda role: role.pop("Path")),
        "a role at another path": with_role("TokenRole", lambda role: role.update(Path={"Fn::Sub": "/latchkey/token/"})),
    }
    yield from (f"the rule about {fault} finds nothing in a copy that has it" for fault, problems in found.items() if not list(problems))
