// SPDX-License-Identifier: Apache-2.0

/* The admin API. The token lives in this module and nowhere else: no cookie, no storage. */

let token = "";

export class Problem extends Error {
  constructor(status, document) {
    super([document.detail ?? document.title ?? `status ${status}`, ...(document.problems ?? [])].join("\n"));
    this.status = status;
    this.problems = document.problems ?? [];
  }
}

export const signIn = (text) => { token = text.trim(); };
export const signOut = () => { token = ""; };

/** What the token says of its bearer. Only to be shown: the server decides. */
export function bearer() {
  try {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(part));
    return { subject: String(claims.sub ?? ""), roles: [claims.roles ?? []].flat().map(String) };
  } catch {
    return { subject: "", roles: [] };
  }
}

async function call(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    cache: "no-store",
    credentials: "omit",
    headers: { ...options.headers, Authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  return response;
}

export const get = async (path) => (await call(`/api/v1/${path}`)).json();

export const post = async (path, body = "", type = "application/json") =>
  (await call(`/api/v1/${path}`, { method: "POST", body, headers: body ? { "Content-Type": type } : {} })).json();

export const remove = async (path) => (await call(`/api/v1/${path}`, { method: "DELETE" })).json();

const name = encodeURIComponent;
export const actions = {
  rotate: (operation, immediate) =>
    post(operation ? `operations/${name(operation)}/rotate` : "rotate", JSON.stringify({ immediate })),
  revokeInstance: (id) => post(`instances/${name(id)}/revoke`),
  revokeService: (service, time) => post(`services/${name(service)}/revoke`, JSON.stringify({ for: time })),
  lift: (quarantined) => remove(`quarantines/${name(quarantined)}`),
  reload: () => post("policy/reload"),
  dryRun: (yaml) => post("policy/dry-run", yaml, "application/yaml"),
  explain: (service, operation) => get(`policy/explain?service=${name(service)}&operation=${name(operation)}`),
};

/** Reads the stream of events until it ends. EventSource cannot send a header, so this reads it by hand. */
export async function listen(signal, heard) {
  const response = await call("/api/v1/events", { signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => tell(block, heard));
  }
}

function tell(block, heard) {
  const fields = Object.fromEntries(block.split("\n").filter((line) => !line.startsWith(":"))
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  if (fields.event) {
    heard(fields.event, JSON.parse(fields.data || "{}"));
  }
}
