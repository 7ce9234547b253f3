"""The SMART Python client (fhirclient): finds the endpoints in the CapabilityStatement, registers, connects, refreshes,
reads the record. Usage: python smart_client.py <origin of the sandbox>"""

import html
import re
import sys
from urllib.parse import urljoin

import requests
from fhirclient import client
from fhirclient.models.observation import Observation
from fhirclient.models.patient import Patient

origin = sys.argv[1]
fhir_base = f"{origin}/fhir"
redirect_uri = "http://localhost:51005/callback"
scope = "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs"


def allow(url, username):
    """Walks sign-in and consent as a patient, allows everything, and returns where the browser leaves the sandbox."""
    browser = requests.Session()
    answer = browser.get(url, allow_redirects=False)
    for _ in range(12):
        if answer.is_redirect:
            url = urljoin(url, answer.headers["Location"])
            if not url.startswith(origin + "/"):
                return url
            answer = browser.get(url, allow_redirects=False)
            continue
        forms = re.findall(r"<form.*?</form>", answer.text, re.S)
        form = next(f for f in forms if 'name="password"' in f or 'name="decision"' in f)
        fields = inputs(form, "hidden")
        if 'name="password"' in form:
            fields += [("username", username), ("password", f"sandbox-{username}")]
        else:
            fields += inputs(form, "checkbox") + [("decision", "allow")]
        url = urljoin(url, html.unescape(re.search(r'action="([^"]*)"', form).group(1)))
        answer = browser.post(url, data=fields, allow_redirects=False)
    raise AssertionError(f"The pages did not end: {url}")


def inputs(form, kind):
    tags = [tag for tag in re.findall(r"<input[^>]*>", form) if f'type="{kind}"' in tag]
    return [(attribute(tag, "name"), attribute(tag, "value")) for tag in tags]


def attribute(tag, name):
    return html.unescape(re.search(f' {name}="([^"]*)"', tag).group(1))


def security_uris():
    """The endpoints of the CapabilityStatement, as apps of SMART 1 find them."""
    statement = requests.get(f"{fhir_base}/metadata", headers={"Accept": "application/fhir+json"}).json()
    (uris,) = statement["rest"][0]["security"]["extension"]
    return {part["url"]: part["valueUri"] for part in uris["extension"]}


registered = requests.post(
    security_uris()["register"],
    json={
        "client_name": "SMART Python client",
        "application_type": "web",
        "redirect_uris": [redirect_uri],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": scope,
    },
)
assert registered.status_code == 201, registered.text
registered = registered.json()
print("registered", registered["client_id"])

smart = client.FHIRClient(
    settings={
        "app_id": registered["client_id"],
        "app_secret": registered["client_secret"],
        "api_base": fhir_base,
        "redirect_uri": redirect_uri,
        "scope": scope,
    }
)
smart.prepare()
smart.handle_callback(allow(smart.authorize_url, "kendal"))
assert smart.ready
assert smart.patient_id == "kendal", smart.patient_id
print("connected", smart.patient_id)

first = smart.server.auth.refresh_token
assert smart.reauthorize()
assert smart.server.auth.refresh_token not in (None, first)
print("refreshed")

assert Patient.read("kendal", smart.server).id == "kendal"
found = Observation.where({"patient": "kendal", "_count": "3"}).perform_resources(smart.server)
assert found, "no observations"
print("read", len(found), "observations")
