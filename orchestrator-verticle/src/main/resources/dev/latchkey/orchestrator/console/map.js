// SPDX-License-Identifier: Apache-2.0

/* The map: services and operations, and who calls whom. */

import { at, empty, h, show, svg, table, tags } from "./dom.js";
import { number, until } from "./format.js";
import { columns } from "./layout.js";

const WIDTH = 168;
const HEIGHT = 54;
const GAP_X = 92;
const GAP_Y = 22;
const MARGIN = 14;
const LONGEST = 19;

let current = null;
let selected = null;
let seen = new Set();

const id = (kind, name) => `${kind} ${name}`;

function graph(data, idle) {
  const living = new Set(data.services.filter((service) => idle || service.instances > 0).map((service) => service.name));
  const services = data.services.filter((service) => living.has(service.name));
  const operations = data.operations.filter((operation) =>
    idle || [...operation.providers, ...operation.callers].some((name) => living.has(name)));
  const nodes = [
    ...services.map((service) => ({ key: id("service", service.name), kind: "service", name: service.name, count: service.instances })),
    ...operations.map((operation) => ({ key: id("operation", operation.name), kind: "operation", name: operation.name, count: operation.instances, operation })),
  ];
  const known = new Set(nodes.map((node) => node.key));
  const traffic = new Map(data.traffic.map((flow) => [`${flow.caller} ${flow.operation}`, flow]));
  const edges = operations.flatMap((operation) => [
    ...operation.callers.map((caller) => ({
      from: id("service", caller), to: id("operation", operation.name), flow: traffic.get(`${caller} ${operation.name}`) })),
    ...operation.providers.map((provider) => ({ from: id("operation", operation.name), to: id("service", provider) })),
  ]).filter((edge) => known.has(edge.from) && known.has(edge.to));
  return { nodes, edges };
}

function place({ nodes, edges }) {
  const layout = columns(nodes.map((node) => node.key), edges);
  const rows = Math.max(1, ...layout.map((column) => column.length));
  const height = 2 * MARGIN + rows * HEIGHT + (rows - 1) * GAP_Y;
  const spots = new Map();
  layout.forEach((column, x) => column.forEach((key, y) => {
    const own = column.length * HEIGHT + (column.length - 1) * GAP_Y;
    spots.set(key, { x: MARGIN + x * (WIDTH + GAP_X), y: (height - own) / 2 + y * (HEIGHT + GAP_Y) });
  }));
  return { spots, height, width: 2 * MARGIN + layout.length * WIDTH + Math.max(0, layout.length - 1) * GAP_X };
}

function curve(from, to) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x - 5, to.y + HEIGHT / 2];
  if (x2 > x1) {
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const below = Math.max(y1, y2) + HEIGHT;
  return `M${x1} ${y1}C${x1 + 60} ${below} ${x2 - 60} ${below} ${x2} ${y2}`;
}

const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}\u2026` : name);

/* What is written at an arrow: plaintext first, as it should not be there. */
function said(flow) {
  if (flow?.plaintext > 0) {
    return number(flow.plaintext);
  }
  return flow?.sealedPerSecond > 0 ? `${number(flow.sealedPerSecond)}/s` : "";
}

function label(node) {
  const count = `${node.count} living ${node.count === 1 ? "instance" : "instances"}`;
  return node.kind === "service" ? `Service ${node.name}, ${count}`
    : `Operation ${node.name}, ${node.operation.mode}, epoch ${node.operation.activeEpoch ?? "unknown"}, ${count} provide it`;
}

function draw(node, spot, related, redraw) {
  const states = ["node", node.kind, node.count === 0 && "idle", selected === node.key && "on",
    related && !related.has(node.key) && "faded", seen.size > 0 && !seen.has(node.key) && "new"].filter(Boolean).join(" ");
  const choose = () => { selected = selected === node.key ? null : node.key; redraw(); };
  const sub = node.kind === "service" ? "service" : `${node.operation.mode} \u00b7 epoch ${node.operation.activeEpoch ?? "?"}`;
  return svg("g", {
    class: states, transform: `translate(${spot.x} ${spot.y})`, role: "button", tabindex: "0", "data-key": node.key,
    "aria-pressed": String(selected === node.key), "aria-label": label(node), onclick: choose,
    onkeydown: (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose();
      }
    },
  },
  svg("rect", { width: WIDTH, height: HEIGHT, rx: node.kind === "service" ? 12 : HEIGHT / 2 }),
  svg("text", { x: node.kind === "service" ? 14 : 22, y: 24 }, shortened(node.name)),
  svg("text", { class: "sub", x: node.kind === "service" ? 14 : 22, y: 41 }, sub),
  node.kind === "service" ? svg("circle", { cx: WIDTH - 20, cy: HEIGHT / 2, r: 11 }) : null,
  node.kind === "service" ? svg("text", { class: "count", x: WIDTH - 20, y: HEIGHT / 2 + 4 }, String(node.count)) : null);
}

function related(edges) {
  if (!selected) {
    return null;
  }
  const near = new Set([selected]);
  edges.filter((edge) => edge.from === selected || edge.to === selected).forEach((edge) => near.add(edge.from).add(edge.to));
  return near;
}

function picture(shown, redraw) {
  const { spots, width, height } = place(shown);
  const near = related(shown.edges);
  const counts = new Map(shown.nodes.map((node) => [node.key, node.count]));
  const edges = shown.edges.map((edge) => {
    const on = selected && (edge.from === selected || edge.to === selected);
    const idle = counts.get(edge.from) === 0 || counts.get(edge.to) === 0;
    const kinds = ["edge", edge.flow?.plaintext > 0 && "plain", idle && "idle", on && "on", near && !on && "faded"].filter(Boolean).join(" ");
    return svg("path", { class: kinds, d: curve(spots.get(edge.from), spots.get(edge.to)), "marker-end": "url(#arrow)" });
  });
  const labels = shown.edges.filter((edge) => said(edge.flow)).map((edge) => svg("text", {
    class: edge.flow.plaintext > 0 ? "edge-label plain" : "edge-label", "text-anchor": "middle",
    x: (spots.get(edge.from).x + WIDTH + spots.get(edge.to).x) / 2,
    y: (spots.get(edge.from).y + spots.get(edge.to).y + HEIGHT) / 2 - 6,
  }, said(edge.flow)));
  const nodes = shown.nodes.map((node) => draw(node, spots.get(node.key), near, redraw));
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Services and operations" },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
      svg("path", { class: "arrow", d: "M0 0L8 4L0 8z" }))),
    edges, labels, nodes);
  /* As wide as there is room, within what can be read. */
  drawn.style.width = "100%";
  drawn.style.maxWidth = `${width}px`;
  drawn.style.minWidth = `${Math.round(width * 0.55)}px`;
  return drawn;
}

function detailOfService(service, data, act) {
  const instances = data.instances.filter((instance) => instance.service === service.name);
  return [
    h("p", { class: "kind" }, "Service"),
    h("h2", { id: "detail-title" }, service.name),
    h("h3", {}, "Provides"), h("div", {}, service.provides.length ? tags(service.provides, "accent") : empty("nothing")),
    h("h3", {}, "Invokes"), h("div", {}, service.invokes.length ? tags(service.invokes, "accent") : empty("nothing")),
    h("h3", {}, `Instances (${instances.length})`),
    instances.length === 0 ? empty("none is registered") : h("ul", {}, instances.map((instance) => h("li", { class: "row" },
      h("span", { class: "mono" }, instance.id),
      h("button", { type: "button", class: "small danger", "data-key": `revoke ${instance.id}`, "aria-label": `Revoke instance ${instance.id}`,
        onclick: () => act.revokeInstance(instance) }, "Revoke")))),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "danger", "data-key": `revoke service ${service.name}`,
      onclick: () => act.revokeService(service.name) }, "Revoke service")),
  ];
}

function detailOfOperation(operation, act) {
  return [
    h("p", { class: "kind" }, "Operation"),
    h("h2", { id: "detail-title" }, operation.name),
    h("div", {}, tags([operation.mode], operation.mode === "strict" ? "good" : "warn")),
    h("h3", {}, "Addresses"), h("div", { class: "mono" }, tags(operation.addresses)),
    h("h3", {}, "Callers"), h("div", {}, tags(operation.callers, "accent")),
    h("h3", {}, "Providers"), h("div", {}, tags(operation.providers, "accent")),
    h("h3", {}, "Keys"),
    h("p", {}, `epoch ${operation.activeEpoch ?? "unknown"}`, operation.rotatesAt ? `, rotates ${until(operation.rotatesAt)}` : ""),
    h("div", { class: "buttons" },
      h("button", { type: "button", "data-key": `rotate ${operation.name}`, onclick: () => act.rotate(operation.name) }, "Rotate"),
      h("button", { type: "button", class: "danger", "data-key": `replace ${operation.name}`, onclick: () => act.replace(operation.name) }, "Replace keys now")),
  ];
}

function detail(data, act) {
  const [kind, name] = selected ? selected.split(/ (.*)/) : [];
  const found = kind === "service" ? data.services.find((one) => one.name === name) : data.operations.find((one) => one.name === name);
  if (!found) {
    return [h("h2", { id: "detail-title" }, "Nothing selected"), empty("Choose a service or an operation in the map to see what it may do, and to rotate or revoke.")];
  }
  return kind === "service" ? detailOfService(found, data, act) : detailOfOperation(found, act);
}

function flows(data) {
  return data.traffic.length === 0 ? empty("Policy lets nobody call anybody.") : table(["Caller", "Operation", "Providers", "Sealed messages", "A second", "Plaintext messages"],
    data.traffic.map((flow) => h("tr", {},
      h("th", { scope: "row" }, flow.caller), h("td", {}, flow.operation), h("td", {}, tags(flow.providers)),
      h("td", { class: "num" }, number(flow.sealed)), h("td", { class: "num" }, number(flow.sealedPerSecond)),
      h("td", { class: "num" }, flow.plaintext > 0 ? h("span", { class: "tag warn" }, number(flow.plaintext)) : "none"))));
}

export function showMap(data, act) {
  current = data;
  const redraw = () => showMap(current, act);
  const shown = graph(data, at("idle").checked);
  if (selected && !shown.nodes.some((node) => node.key === selected)) {
    selected = null;
  }
  show(at("map"), shown.nodes.length === 0
    ? empty("No instance is registered. Services appear here when they join; those of policy can be shown above.")
    : picture(shown, redraw));
  seen = new Set(shown.nodes.map((node) => node.key));
  show(at("detail"), detail(data, act));
  show(at("flows"), flows(data));
}
