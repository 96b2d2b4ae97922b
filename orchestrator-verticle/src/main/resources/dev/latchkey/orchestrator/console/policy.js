// SPDX-License-Identifier: Apache-2.0

/* Policy: who may do what, why, and what another one would change. */

import { actions } from "./api.js";
import { at, empty, h, show, table } from "./dom.js";

const KIND = { loosens: "warn", tightens: "bad", changes: "accent" };

function options(select, names) {
  const chosen = select.value;
  if ([...select.options].map((option) => option.value).join() !== names.join()) {
    show(select, names.map((name) => h("option", { value: name }, name)));
    select.value = names.includes(chosen) ? chosen : names[0] ?? "";
  }
}

function explained(answer) {
  return [
    h("p", { class: "verdict" }, h("span", { class: `tag ${answer.allowed ? "good" : "bad"}` }, answer.allowed ? "allowed" : "denied"), h("span", {}, answer.verdict)),
    h("ul", { class: "why" }, answer.why.map((reason) => h("li", {}, h("code", {}, reason.line ? `line ${reason.line}: ${reason.rule}` : reason.rule), reason.text))),
  ];
}

export function changes(answer) {
  return answer.changes.length === 0 ? [empty("Nothing would change.")] : [h("ul", { class: "why" }, answer.changes.map((change) =>
    h("li", {}, h("span", { class: `tag ${KIND[change.effect] ?? ""}` }, change.effect), ` ${change.about}: ${change.text}`)))];
}

const told = (failure) => [h("ul", { class: "why problem" }, (failure.problems?.length ? failure.problems : [failure.message]).map((text) => h("li", {}, text)))];

async function answerIn(place, asked, view) {
  try {
    show(place, view(await asked));
  } catch (failure) {
    show(place, told(failure));
  }
}

export function preparePolicy() {
  at("explain").addEventListener("submit", (event) => {
    event.preventDefault();
    answerIn(at("explained"), actions.explain(at("explain-service").value, at("explain-operation").value), explained);
  });
  at("dryrun").addEventListener("submit", (event) => {
    event.preventDefault();
    answerIn(at("changes"), actions.dryRun(at("yaml").value || " "), changes);
  });
}

function cell(service, operation) {
  const verbs = [service.provides.includes(operation) && "provides", service.invokes.includes(operation) && "invokes"].filter(Boolean);
  return h("td", {}, verbs.length === 0 ? h("span", { "aria-label": "neither" }, "\u2013")
    : verbs.map((verb) => h("span", { class: `tag ${verb === "provides" ? "good" : "accent"}` }, verb)));
}

export function showPolicy(data, act) {
  const operations = data.operations.map((operation) => operation.name);
  options(at("explain-service"), data.services.map((service) => service.name));
  options(at("explain-operation"), operations);
  at("reload").onclick = () => act.reload();
  show(at("matrix"), table(["Service", ...operations], data.services.map((service) =>
    h("tr", {}, h("th", { scope: "row" }, service.name), operations.map((operation) => cell(service, operation)))), "matrix"));
}
