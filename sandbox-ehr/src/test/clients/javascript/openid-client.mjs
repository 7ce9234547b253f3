// openid-client: registers, pushes its authorization request, proves possession of a key at every step, refreshes twice,
// reads the record. Usage: node openid-client.mjs <origin of the sandbox>
import assert from "node:assert/strict";
import * as client from "openid-client";
import { allow } from "./patient.mjs";

const origin = process.argv[2];
const fhirBase = `${origin}/fhir`;
const redirectUri = "http://127.0.0.1:51004/callback";
const overHttp = { execute: [client.allowInsecureRequests] };

const config = await client.dynamicClientRegistration(
  new URL(origin),
  {
    client_name: "openid-client on this computer",
    application_type: "native",
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: "none",
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
    scope: "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs",
  },
  client.None(),
  overHttp,
);
client.allowInsecureRequests(config);
console.log("registered", config.clientMetadata().client_id);

const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const url = await client.buildAuthorizationUrlWithPAR(
  config,
  {
    redirect_uri: redirectUri,
    scope: "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    aud: fhirBase,
  },
  { DPoP },
);
assert.deepEqual([...url.searchParams.keys()].sort(), ["client_id", "request_uri"]);

const callback = await allow(url.href, { origin, username: "kendal" });
let tokens = await client.authorizationCodeGrant(
  config,
  new URL(callback),
  { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  {},
  { DPoP },
);
assert.equal(tokens.token_type, "dpop");
assert.ok(tokens.scope.split(" ").includes("offline_access"), tokens.scope);
console.log("connected", tokens.patient);

const refreshTokens = new Set([tokens.refresh_token]);
for (let i = 0; i < 2; i++) {
  tokens = await client.refreshTokenGrant(config, tokens.refresh_token, {}, { DPoP });
  refreshTokens.add(tokens.refresh_token);
}
assert.equal(refreshTokens.size, 3);
console.log("refreshed");

const answer = await client.fetchProtectedResource(
  config,
  tokens.access_token,
  new URL(`${fhirBase}/Patient/${tokens.patient}`),
  "GET",
  null,
  new Headers({ accept: "application/fhir+json" }),
  { DPoP },
);
assert.equal((await answer.json()).resourceType, "Patient");
const asBearer = await fetch(`${fhirBase}/Patient/${tokens.patient}`, {
  headers: { authorization: `Bearer ${tokens.access_token}` },
});
assert.equal(asBearer.status, 401);
console.log("read, and only with the key");

await client.tokenRevocation(config, tokens.refresh_token);
console.log("gave the key back");
