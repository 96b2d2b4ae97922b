// SPDX-License-Identifier: Apache-2.0

/* The console: signs in, keeps what is shown up to date, and asks before it does anything. */

import { Problem, actions, bearer, get, listen, signIn, signOut } from "./api.js";
import { ask } from "./confirm.js";
import { at, h, show } from "./dom.js";
import { clock, number } from "./format.js";
import { showInstances } from "./instances.js";
import { prepareKeys, showKeys } from "./keys.js";
import { showMap } from "./map.js";
import { preparePolicy, showPolicy } from "./policy.js";
import { showRefusals } from "./refusals.js";

const VIEWS = { map: showMap, instances: showInstances, keys: showKeys, refusals: showRefusals, policy: showPolicy };
const REFRESH = 10_000;
const TICK = 1_000;
const SETTLE = 250;
const RETRY = [500, 1_000, 2_000, 5_000, 10_000];
const MOST_ACTIVITY = 50;

let data = null;
let stream = null;
let pending = null;
let wait = 0;

async function load() {
  const lists = ["services", "operations", "instances", "quarantines", "alarms", "rotations", "traffic", "policy"];
  const [services, operations, instances, quarantines, alarms, rotations, traffic, policy] = await Promise.all(lists.map(get));
  return {
    services: services.items, operations: operations.items, instances: instances.items, quarantines: quarantines.items,
    alarms: alarms.items, rotations: rotations.items, traffic: traffic.items, refusals: traffic.refusals,
    recentRefusals: traffic.recentRefusals, policy,
  };
}

const view = () => (VIEWS[location.hash.slice(1)] ? location.hash.slice(1) : "map");

function figures() {
  const total = (counts) => counts.reduce((sum, count) => sum + count, 0);
  const all = [
    ["Services alive", data.services.filter((service) => service.instances > 0).length, false],
    ["Instances", data.instances.length, false],
    ["Operations", data.operations.length, false],
    ["Refusals", total(Object.values(data.refusals)), false],
    ["In quarantine", data.quarantines.length, data.quarantines.length > 0],
    ["Alarms", total(data.alarms.map((alarm) => alarm.count)), data.alarms.length > 0],
  ];
  show(at("figures"), all.map(([name, value, bad]) => h("div", { class: bad ? "bad" : "" }, h("dt", {}, name), h("dd", {}, number(value)))));
}

function render() {
  const current = view();
  Object.keys(VIEWS).forEach((name) => { at(`view-${name}`).hidden = name !== current; });
  document.querySelectorAll("#nav a").forEach((link) => {
    if (link.hash === `#${current}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  });
  if (data) {
    figures();
    VIEWS[current](data, act);
    at("domain").textContent = data.policy.trustDomain;
  }
}

async function refresh() {
  try {
    data = await load();
    at("problem").textContent = "";
    render();
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) {
      leave(failure.message);
    } else if (stream) {
      at("problem").textContent = failure.message;
    }
  }
}

/** Several events in a row are one look. */
function refreshSoon() {
  clearTimeout(pending);
  pending = setTimeout(refresh, SETTLE);
}

const TOLD = {
  instance: (event) => [`${event.service} ${event.id} ${event.change}`, event.change === "registered" ? "good" : event.change === "revoked" ? "bad" : ""],
  rotation: (event) => [`${event.operation}: epoch ${event.epoch} is active`, "accent"],
  refusal: (event) => [`${event.service || "somebody"} was refused: ${event.reason}`, "bad"],
  revocation: (event) => [`notice ${event.notice}: ${[...event.instances, ...event.services, ...event.operations].join(", ") || "changed"}`, "bad"],
  alarm: (event) => [`${event.text} (${event.detail})`, "bad"],
  policy: () => ["policy was reloaded", "accent"],
};

function heard(type, event) {
  if (type === "hello") {
    at("live").textContent = "live";
    at("live").classList.add("on");
    wait = 0;
  } else if (TOLD[type]) {
    const [text, kind] = TOLD[type](event);
    at("activity").prepend(h("li", {}, h("time", {}, clock(new Date())), h("span", { class: `tag ${kind}` }, type), h("span", {}, text)));
    while (at("activity").children.length > MOST_ACTIVITY) {
      at("activity").lastChild.remove();
    }
  }
  refreshSoon();
}

async function follow(own) {
  while (stream === own) {
    try {
      await listen(own.signal, heard);
    } catch (failure) {
      if (stream === own && failure instanceof Problem && failure.status === 401) {
        leave(failure.message);
      }
    }
    if (stream === own) {
      at("live").textContent = "reconnecting";
      at("live").classList.remove("on");
      await new Promise((done) => { setTimeout(done, RETRY[Math.min(wait++, RETRY.length - 1)]); });
    }
  }
}

const done = (action) => async (time) => {
  await action(time);
  await refresh();
};

const act = {
  rotate: (operation) => ask({
    title: operation ? `Rotate ${operation}?` : "Rotate all operations?",
    text: "The next key becomes active as soon as every provider has it. No message is lost.",
    label: "Rotate",
  }, done(() => actions.rotate(operation, false))),
  replace: (operation) => ask({
    title: `Replace the keys of ${operation} now?`,
    text: "For a key that may have leaked. What is under way under the old keys is refused; requests are sent again by themselves, messages without an answer are not.",
    label: "Replace keys",
  }, done(() => actions.rotate(operation, true))),
  revokeInstance: (instance) => ask({
    title: `Revoke an instance of ${instance.service}?`,
    text: `${instance.id} is refused by everybody at once, and its operations get new keys. Its service may register others.`,
    label: "Revoke instance",
  }, done(() => actions.revokeInstance(instance.id))),
  revokeService: (service) => ask({
    title: `Revoke ${service}?`,
    text: "All its instances are refused by everybody at once, its operations get new keys, and none may register for the time you choose.",
    label: "Revoke service",
    time: true,
  }, done((time) => actions.revokeService(service, time))),
  lift: (name) => ask({
    title: "End the quarantine?",
    text: `${name} may register again at once.`,
    label: "End quarantine",
  }, done(() => actions.lift(name))),
  reload: () => ask({
    title: "Reload policy?",
    text: "This orchestrator reads its policy file again and goes by it, all of it or nothing. Try the file below first to see what it changes for whom.",
    label: "Reload policy",
  }, done(actions.reload)),
};

function enter() {
  const { subject, roles } = bearer();
  at("who").textContent = [subject, roles.join(", ")].filter(Boolean).join(" \u00b7 ");
  at("signin").hidden = true;
  ["app", "nav", "session"].forEach((id) => { at(id).hidden = false; });
  stream = new AbortController();
  follow(stream);
  render();
}

function leave(reason = "") {
  stream?.abort();
  stream = null;
  data = null;
  signOut();
  at("confirm").close();
  show(at("activity"));
  at("domain").textContent = "";
  ["app", "nav", "session"].forEach((id) => { at(id).hidden = true; });
  at("signin").hidden = false;
  at("signin-problem").textContent = reason;
  at("token").focus();
}

at("signin-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  signIn(at("token").value);
  try {
    data = await load();
    at("token").value = "";
    at("signin-problem").textContent = "";
    enter();
  } catch (failure) {
    signOut();
    at("signin-problem").textContent = failure.message;
  }
});
at("signout").addEventListener("click", () => leave());
at("idle").addEventListener("change", render);
at("filter").addEventListener("input", render);
addEventListener("hashchange", () => { render(); scrollTo(0, 0); });
prepareKeys(render);
preparePolicy();
setInterval(() => stream && refresh(), REFRESH);
/* What counts down is drawn anew each second; what somebody is typing into or reading in is not. */
setInterval(() => data && stream && ["instances", "keys"].includes(view()) && render(), TICK);
