// A patient's browser, as far as pages without JavaScript need one: cookies, forms, redirects.

/** Walks sign-in and consent, allows everything, and returns the address that the browser is sent to outside of `origin`. */
export async function allow(authorizeUrl, { origin, username }) {
  const cookies = new Map();

  async function fetchPage(url, init = {}) {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (!location) return { url, status: response.status, html: await response.text() };
    const next = new URL(location, url).href;
    return next.startsWith(origin + "/") ? fetchPage(next) : { left: next };
  }

  let page = await fetchPage(authorizeUrl);
  for (let step = 0; step < 4 && !page.left; step++) {
    const form = decisionForm(page);
    const fields = new URLSearchParams(inputs(form, "hidden").map(({ name, value }) => [name, value]));
    if (form.includes('name="password"')) {
      fields.set("username", username);
      fields.set("password", `sandbox-${username}`);
    } else {
      for (const { name, value } of inputs(form, "checkbox")) fields.append(name, value);
      fields.set("decision", "allow");
    }
    const action = new URL(form.match(/action="([^"]*)"/)[1], page.url).href;
    page = await fetchPage(action, { method: "POST", body: fields });
  }
  if (!page.left) throw new Error(`The pages ended at ${page.url} with ${page.status}:\n${page.html}`);
  return page.left;
}

/** The form that goes on with the authorization; a page may have another one, for signing out. */
function decisionForm(page) {
  const forms = page.html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((one) => /name="password"|name="decision"/.test(one));
  if (!form) throw new Error(`No form to go on with at ${page.url}, status ${page.status}:\n${page.html}`);
  return form;
}

function inputs(form, type) {
  return (form.match(/<input[^>]*>/g) ?? [])
    .filter((input) => input.includes(`type="${type}"`))
    .map((input) => ({ name: attribute(input, "name"), value: attribute(input, "value") }));
}

function attribute(tag, name) {
  const match = tag.match(new RegExp(` ${name}="([^"]*)"`));
  return match ? match[1].replaceAll("&#34;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&") : "";
}
