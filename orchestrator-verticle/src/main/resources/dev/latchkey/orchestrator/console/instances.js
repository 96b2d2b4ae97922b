// SPDX-License-Identifier: Apache-2.0

/* Instances with their leases. */

import { at, empty, h, show, table, tags } from "./dom.js";
import { millis, span, until } from "./format.js";

function lease(instance, whole) {
  const left = Math.max(0, Date.parse(instance.leaseUntil) - Date.now());
  const share = whole > 0 ? Math.min(1, left / whole) : 0;
  const filled = h("span");
  filled.style.width = `${Math.round(share * 100)}%`;
  return h("span", { class: "lease" }, h("span", { class: share < 0.25 ? "bar low" : "bar", "aria-hidden": "true" }, filled),
    h("span", {}, left > 0 ? span(left) : until(instance.leaseUntil)));
}

export function showInstances(data, act) {
  const wanted = at("filter").value.trim().toLowerCase();
  const found = data.instances.filter((one) => `${one.id} ${one.service} ${one.node ?? ""}`.toLowerCase().includes(wanted));
  if (found.length === 0) {
    show(at("instances"), empty(data.instances.length === 0 ? "No instance is registered." : "No instance fits the filter."));
    return;
  }
  const whole = millis(data.policy.leaseDuration);
  show(at("instances"), table(["Service", "Instance", "Node", "Provides", "Invokes", "Lease ends in", "Actions"], found.map((one) =>
    h("tr", {}, h("th", { scope: "row" }, one.service), h("td", { class: "mono" }, one.id), h("td", { class: "mono" }, one.node ?? "not told"),
      h("td", {}, tags(one.provides, "accent")), h("td", {}, tags(one.invokes)), h("td", {}, lease(one, whole)),
      h("td", { class: "act" }, h("button", { type: "button", class: "small danger", "data-key": `revoke ${one.id}`,
        "aria-label": `Revoke ${one.service} ${one.id}`, onclick: () => act.revokeInstance(one) }, "Revoke"))))));
}
