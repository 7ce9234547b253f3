// The SMART JavaScript client (fhirclient) in a small web server: registers, connects, refreshes, reads the record.
// Usage: node smart-client.mjs <origin of the sandbox>
import assert from "node:assert/strict";
import { createServer } from "node:http";
import smart from "fhirclient";
import { allow } from "./patient.mjs";

const origin = process.argv[2];
const fhirBase = `${origin}/fhir`;
const scope = "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs";

const session = new Map();
const storage = {
  get: async (key) => session.get(key),
  set: async (key, value) => (session.set(key, value), value),
  unset: async (key) => session.delete(key),
};

let registered;
let connected;
const done = new Promise((resolve, reject) => (connected = { resolve, reject }));
const server = createServer(async (request, response) => {
  const app = smart(request, response, storage);
  try {
    if (request.url.startsWith("/launch")) {
      await app.authorize({
        iss: fhirBase,
        clientId: registered.client_id,
        clientSecret: registered.client_secret,
        scope,
        redirectUri: "/callback",
      });
    } else {
      connected.resolve(await app.ready());
      response.end("Connected.");
    }
  } catch (failure) {
    response.end("Not connected.");
    connected.reject(failure);
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const here = `http://127.0.0.1:${server.address().port}`;

try {
  const { registration_endpoint: endpoint } = await json(`${fhirBase}/.well-known/smart-configuration`);
  registered = await json(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_name: "SMART JavaScript client",
      application_type: "web",
      redirect_uris: [`${here}/callback`],
      token_endpoint_auth_method: "client_secret_basic",
      scope,
    }),
  });
  console.log("registered", registered.client_id);

  const launched = await fetch(`${here}/launch`, { redirect: "manual" });
  const callback = await allow(launched.headers.get("location"), { origin, username: "kendal" });
  await fetch(callback);
  const client = await done;
  assert.equal(client.patient.id, "kendal");
  assert.ok(client.getIdToken(), "no id token");
  console.log("connected", client.patient.id, client.getFhirUser());

  const first = client.state.tokenResponse.refresh_token;
  await client.refresh();
  assert.notEqual(client.state.tokenResponse.refresh_token, first);
  console.log("refreshed");

  assert.equal((await client.patient.read()).id, "kendal");
  const observations = await client.request("Observation?patient=kendal&_count=5", { flat: true, pageLimit: 2 });
  assert.ok(observations.length > 5, `${observations.length} observations`);
  console.log("read", observations.length, "observations over two pages");
} finally {
  server.close();
}

async function json(url, init) {
  const response = await fetch(url, init);
  const body = await response.json();
  assert.ok(response.ok, `${url}: ${response.status} ${JSON.stringify(body)}`);
  return body;
}
