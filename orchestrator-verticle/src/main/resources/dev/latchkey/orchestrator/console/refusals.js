// SPDX-License-Identifier: Apache-2.0

/* Refusals by reason, alarms, quarantines. */

import { at, empty, h, show, table } from "./dom.js";
import { clock, number, until } from "./format.js";

function bars(counts) {
  const most = Math.max(...counts.map(([, count]) => count));
  return counts.sort((one, other) => other[1] - one[1]).map(([reason, count]) => {
    const filled = h("span");
    filled.style.width = `${Math.max(2, Math.round((count / most) * 100))}%`;
    return h("div", { class: "reason" }, h("span", { class: "label mono" }, reason), h("span", { class: "bar", "aria-hidden": "true" }, filled),
      h("span", { class: "n" }, number(count)));
  });
}

const when = (iso) => h("time", { datetime: iso }, clock(new Date(iso)));

export function showRefusals(data, act) {
  const counts = Object.entries(data.refusals);
  show(at("reasons"), counts.length === 0 ? empty("Nothing was refused.") : bars(counts));
  show(at("alarms"), data.alarms.length === 0 ? empty("No alarm was raised.") : table(["Alarm", "Number"], data.alarms.map((alarm) =>
    h("tr", {}, h("th", { scope: "row" }, alarm.text), h("td", { class: "num" }, h("span", { class: "tag bad" }, number(alarm.count)))))));
  show(at("recent"), data.recentRefusals.length === 0 ? empty("Nothing was refused.")
    : table(["When", "Asked", "Service, as claimed", "Reason", "Detail"], [...data.recentRefusals].reverse().slice(0, 50).map((one) =>
      h("tr", {}, h("td", {}, when(one.at)), h("td", {}, one.kind.toLowerCase()), h("td", {}, one.service || "unknown"),
        h("td", {}, h("span", { class: "tag bad" }, one.reason)), h("td", {}, one.detail)))));
  show(at("quarantines"), data.quarantines.length === 0 ? empty("Nobody is in quarantine.") : table(["Name", "Ends", "Actions"], data.quarantines.map((one) =>
    h("tr", {}, h("td", { class: "mono" }, one.name), h("td", {}, until(one.until)),
      h("td", { class: "act" }, h("button", { type: "button", class: "small", "data-key": `lift ${one.name}`, "aria-label": `End the quarantine of ${one.name}`,
        onclick: () => act.lift(one.name) }, "End"))))));
}
