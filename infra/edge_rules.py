"""House rules for what stands in front of the functions (docs/adr/0061-edge.md): infra/edge.yaml, and OriginDomain of template.yaml."""

import copy

SECRET_HEADER = "x-latchkey-origin-secret"
CALLER_HEADER = "x-latchkey-caller-address"
# AWS's own cache policy CachingDisabled.
NOTHING_CACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
# The only paths of which anything may be cached: they say the same to everybody.
PUBLIC = {"/jwks", "/.well-known/*", "/fhir/.well-known/*"}
# What one address may not ask for without end.
LIMITED = {"SignInLimit": ("/interaction/", "/apps/"), "TokenLimit": ("/token", "/refresh"), "RegisterLimit": ("/register",)}
# API Gateway reads /%74oken as /token, so the firewall has to.
DECODED = [{"Priority": 0, "Type": "URL_DECODE"}, {"Priority": 1, "Type": "NORMALIZE_PATH"}]
MANAGED = ("AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesAmazonIpReputationList")
HIDDEN = ("UriPath", "QueryString", "authorization", "cookie", "dpop")


def alternatives(value):
    """An element of a list that depends on a condition is still one of the list."""
    return value["Fn::If"][1] if isinstance(value, dict) and "Fn::If" in value else value


def edge_problems(edge):
    resources = edge["Resources"]
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    origins = {origin["Id"]: origin for origin in map(alternatives, config["Origins"])}
    behaviors = [("everything else", config["DefaultCacheBehavior"])]
    behaviors += [(one["PathPattern"], one) for one in map(alternatives, config["CacheBehaviors"])]
    expected = {
        "takes TLS 1.2 and newer from callers": config["ViewerCertificate"].get("MinimumProtocolVersion") == "TLSv1.2_2021",
        "has the firewall": config.get("WebACLId") == {"Fn::GetAtt": ["Firewall", "Arn"]},
        "answers to its own name only": config.get("Aliases") == [{"Ref": "Domain"}],
        "proves itself to the functions": any(
            header["HeaderName"] == SECRET_HEADER and "resolve:secretsmanager:${OriginSecret}" in str(header["HeaderValue"])
            for header in origins["functions"].get("OriginCustomHeaders", [])
        ),
        "keeps its secret from the FHIR server": "OriginCustomHeaders" not in origins["fhir"],
        "says who called": f"request.headers['{CALLER_HEADER}'] = {{ value: event.viewer.ip }}" in resources["CallerAddress"]["Properties"]["FunctionCode"]
        and "CallerAddress" in str(config["DefaultCacheBehavior"].get("FunctionAssociations")),
        "tells browsers to keep to HTTPS": security(resources).get("StrictTransportSecurity", {}).get("AccessControlMaxAgeSec", 0) >= 31536000,
        "is in us-east-1": "us-east-1" in str(edge["Rules"]["Region"]["Assertions"]),
    }
    kept = resources["PublicDocuments"]["Properties"]["CachePolicyConfig"]
    if kept["MinTTL"] != 0 or kept["DefaultTTL"] != 0 or any(one["CachePolicyId"] not in ({"Ref": "PublicDocuments"}, NOTHING_CACHED) for _, one in behaviors):
        yield "infra/edge.yaml: CloudFront keeps an answer longer than it says, a dropped signing key too"
    yield from (f"infra/edge.yaml: nothing says that CloudFront {rule}" for rule, holds in expected.items() if not holds)
    for name, origin in origins.items():
        custom = origin.get("CustomOriginConfig", {})
        if custom.get("OriginProtocolPolicy") != "https-only" or custom.get("OriginSSLProtocols") != ["TLSv1.2"]:
            yield f"infra/edge.yaml: the way to {name} is not TLS 1.2"
    for path, behavior in behaviors:
        if behavior.get("ViewerProtocolPolicy") != "https-only":
            yield f"infra/edge.yaml: {path} answers to plain http"
        if behavior.get("ResponseHeadersPolicyId") != {"Ref": "Headers"}:
            yield f"infra/edge.yaml: {path} has no security headers"
        if path not in PUBLIC and behavior.get("CachePolicyId") != NOTHING_CACHED:
            yield f"infra/edge.yaml: {path} could be cached"
    yield from firewall_problems(resources)


def security(resources):
    return resources["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]


def matches(part):
    """Every comparison of bytes below a part of the template."""
    if isinstance(part, list):
        return [match for one in part for match in matches(one)]
    if isinstance(part, dict):
        return [part["ByteMatchStatement"]] if "ByteMatchStatement" in part else matches(list(part.values()))
    return []


def firewall_problems(resources):
    rules = resources["Firewall"]["Properties"]["Rules"]
    for limit, paths in LIMITED.items():
        found = [rule for rule in rules if rule["Statement"].get("RateBasedStatement", {}).get("Limit") == {"Ref": limit}]
        for path in paths:
            if not any("Block" in rule.get("Action", {}) and f"'SearchString': '{path}'" in str(rule["Statement"]) for rule in found):
                yield f"infra/edge.yaml: one address may ask for {path} without end"
        for match in matches([rule["Statement"] for rule in found]):
            if match["TextTransformations"] != DECODED:
                yield f"infra/edge.yaml: one address may ask for {match['SearchString']} without end when it writes it in another way"
    for group in MANAGED:
        if not any(group in str(rule["Statement"]) and rule.get("OverrideAction") == {"None": {}} for rule in rules):
            yield f"infra/edge.yaml: the firewall does not apply {group}"
    redacted = str(resources["FirewallLogging"]["Properties"].get("RedactedFields"))
    yield from (f"infra/edge.yaml: the firewall's log shows {field}" for field in HIDDEN if f"'{field}'" not in redacted)


def origin_problems(template):
    """With OriginDomain the API answers to CloudFront alone."""
    resources = template["Resources"]
    asserted = str(template["Rules"]["OriginIsGuarded"]["Assertions"])
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    domain = resources["OriginDomainName"]
    expected = {
        "the address of API Gateway is off": resources["HttpApi"]["Properties"].get("DisableExecuteApiEndpoint") == {"Fn::If": ["HasOriginDomain", True, False]},
        "its domain takes TLS 1.2 and newer": all(
            one.get("SecurityPolicy") == "TLS_1_2" for one in domain["Properties"]["DomainNameConfigurations"]
        ),
        "it leads to the API": resources["OriginMapping"]["Properties"]["ApiId"] == {"Ref": "HttpApi"} and resources["OriginMapping"].get("Condition") == "HasOriginDomain",
        "every function knows the secrets": variables.get("LATCHKEY_ORIGIN_SECRETS") == {"Fn::If": ["HasOriginSecrets", {"Ref": "OriginSecrets"}, {"Ref": "AWS::NoValue"}]},
    }
    yield from (f"template.yaml, OriginDomain: nothing says that {rule}" for rule, holds in expected.items() if not holds)
    for needed in ("OriginCertificate", "OriginSecrets", "Issuer"):
        if f"{{'Ref': '{needed}'}}" not in asserted:
            yield f"template.yaml, OriginDomain: it can be set without {needed}"


def changed(template, *change):
    """A copy with what stands at the end of a path taken out, or given another value."""
    copied = copy.deepcopy(template)
    *path, last, value = change
    part = copied
    for key in path:
        part = part[key]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return copied


def proofs(edge, template):
    """Each rule has to find the fault in a copy that has one, or its silence proves nothing."""
    config = ("Resources", "Distribution", "Properties", "DistributionConfig")
    firewall = ("Resources", "Firewall", "Properties")
    rate = lambda rule: changed(edge, *firewall, "Rules", [one for one in edge["Resources"]["Firewall"]["Properties"]["Rules"] if one["Name"] != rule])
    fhir = next(i for i, one in enumerate(edge["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["Origins"]) if "Fn::If" in one)
    in_front = {
        "old TLS": changed(edge, *config, "ViewerCertificate", "MinimumProtocolVersion", "TLSv1"),
        "no firewall": changed(edge, *config, "WebACLId", None),
        "another name": changed(edge, *config, "Aliases", ["*.example.org"]),
        "no origin secret": changed(edge, *config, "Origins", 0, "OriginCustomHeaders", None),
        "an origin secret in the template": changed(edge, *config, "Origins", 0, "OriginCustomHeaders", 0, "HeaderValue", "not-a-secret"),
        "the secret for the FHIR server": changed(edge, *config, "Origins", fhir, "Fn::If", 1, "OriginCustomHeaders", []),
        "plain http to the functions": changed(edge, *config, "Origins", 0, "CustomOriginConfig", "OriginProtocolPolicy", "match-viewer"),
        "old TLS to the FHIR server": changed(edge, *config, "Origins", fhir, "Fn::If", 1, "CustomOriginConfig", "OriginSSLProtocols", ["TLSv1"]),
        "a caller's own address": changed(edge, *config, "DefaultCacheBehavior", "FunctionAssociations", None),
        "another caller's address": changed(edge, "Resources", "CallerAddress", "Properties", "FunctionCode", "function handler(event) { return event.request; }"),
        "plain http from callers": changed(edge, *config, "CacheBehaviors", 0, "ViewerProtocolPolicy", "allow-all"),
        "a path without headers": changed(edge, *config, "CacheBehaviors", 0, "ResponseHeadersPolicyId", None),
        "no word of HTTPS for browsers": changed(edge, "Resources", "Headers", "Properties", "ResponseHeadersPolicyConfig", "SecurityHeadersConfig", "StrictTransportSecurity", None),
        "tokens in a cache": changed(edge, *config, "DefaultCacheBehavior", "CachePolicyId", {"Ref": "PublicDocuments"}),
        "a dropped key in the cache": changed(edge, "Resources", "PublicDocuments", "Properties", "CachePolicyConfig", "MinTTL", 3600),
        "a key set that is kept by another policy": changed(edge, *config, "CacheBehaviors", 0, "CachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
        "another region": changed(edge, "Rules", "Region", "Assertions", []),
        "passwords without end": rate("sign-in-rate"),
        "tokens without end at an encoded path": changed(
            edge, *firewall, "Rules", 1, "Statement", "RateBasedStatement", "ScopeDownStatement", "OrStatement", "Statements", 0,
            "ByteMatchStatement", "TextTransformations", [{"Priority": 0, "Type": "NONE"}],
        ),
        "tokens without end": rate("token-rate"),
        "registrations without end": rate("register-rate"),
        "no rules against known attacks": rate("bad-inputs"),
        "codes in the firewall's log": changed(edge, "Resources", "FirewallLogging", "Properties", "RedactedFields", []),
    }
    origin = {
        "an open API": changed(template, "Resources", "HttpApi", "Properties", "DisableExecuteApiEndpoint", False),
        "an open API by default": changed(template, "Resources", "HttpApi", "Properties", "DisableExecuteApiEndpoint", None),
        "old TLS at the origin": changed(template, "Resources", "OriginDomainName", "Properties", "DomainNameConfigurations", [{"SecurityPolicy": "TLS_1_0"}]),
        "a mapping elsewhere": changed(template, "Resources", "OriginMapping", "Properties", "ApiId", "another"),
        "functions without the secrets": changed(template, "Globals", "Function", "Environment", "Variables", "LATCHKEY_ORIGIN_SECRETS", None),
        **{
            f"no need of {needed}": changed(
                template, "Rules", "OriginIsGuarded", "Assertions",
                [one for one in template["Rules"]["OriginIsGuarded"]["Assertions"] if f"'{needed}'" not in str(one["Assert"])],
            )
            for needed in ("OriginCertificate", "OriginSecrets", "Issuer")
        },
    }
    found = {fault: edge_problems(copied) for fault, copied in in_front.items()} | {fault: origin_problems(copied) for fault, copied in origin.items()}
    yield from (f"the rule about {fault} finds nothing in a copy that has it" for fault, problems in found.items() if not list(problems))
