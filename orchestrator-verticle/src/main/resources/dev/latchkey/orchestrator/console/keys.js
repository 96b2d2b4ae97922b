// SPDX-License-Identifier: Apache-2.0

/* Epochs and rotations on a time line, and the operations with their buttons. */

import { at, empty, h, show, svg, table, tags } from "./dom.js";
import { clock, millis, span, until } from "./format.js";

const SPANS = [["2 minutes", 2], ["10 minutes", 10], ["1 hour", 60], ["6 hours", 360], ["1 day", 1440], ["7 days", 10080], ["30 days", 43200]];
const NAMES = 170;
const WIDTH = 1080;
const ROW = 40;
const TOP = 30;
const TICKS = 6;

export function prepareKeys(redraw) {
  show(at("span"), SPANS.map(([name, minutes]) => h("option", { value: minutes }, name)));
  at("span").addEventListener("change", () => { at("span").dataset.chosen = "yes"; redraw(); });
}

/** About two rotations, until somebody chooses another span. */
function chosenSpan(operations) {
  if (!at("span").dataset.chosen) {
    const intervals = operations.map((operation) => millis(operation.rotationInterval)).sort((one, other) => one - other);
    const wanted = (intervals[Math.floor(intervals.length / 2)] ?? 0) * 2.5;
    at("span").value = (SPANS.find(([, minutes]) => minutes * 60000 >= wanted) ?? SPANS[SPANS.length - 1])[1];
  }
  return Number(at("span").value) * 60000;
}

/** Epochs that are held, and those that rotations tell of; each ends where its successor begins. */
function epochs(operation, rotations) {
  const known = new Map();
  rotations.filter((one) => one.operation === operation.name)
    .forEach((one) => known.set(one.epoch, { epoch: one.epoch, from: Date.parse(one.at), state: "retiring" }));
  operation.epochs.forEach((one) => known.set(one.epoch, { epoch: one.epoch, from: Date.parse(one.activeFrom), state: one.state }));
  const line = [...known.values()].sort((one, other) => one.from - other.from);
  return line.map((one, i) => ({ ...one, to: line[i + 1]?.from ?? one.from + millis(operation.rotationInterval) }));
}

function row(operation, y, rotations, x, limits) {
  const bars = epochs(operation, rotations).filter((one) => one.to > limits.from && one.from < limits.to).map((one) => {
    const left = x(Math.max(one.from, limits.from));
    const wide = Math.max(2, x(Math.min(one.to, limits.to)) - left - 2);
    return svg("g", {},
      svg("rect", { class: `epoch ${one.state}`, x: left + 1, y: y + 6, width: wide, height: ROW - 14, rx: 6 }),
      svg("title", {}, `epoch ${one.epoch}, ${one.state}, from ${clock(new Date(one.from))}`),
      wide > 46 ? svg("text", { class: one.state === "active" ? "on-active" : "", x: left + 10, y: y + ROW / 2 + 3 }, `epoch ${one.epoch}`) : null);
  });
  return svg("g", {}, svg("text", { class: "name", x: 0, y: y + ROW / 2 + 3 },
    operation.name.length > 22 ? `${operation.name.slice(0, 21)}\u2026` : operation.name), bars);
}

function timeline(data) {
  const whole = chosenSpan(data.operations);
  const limits = { from: Date.now() - whole * 0.45, to: Date.now() + whole * 0.55 };
  const x = (time) => NAMES + ((time - limits.from) / (limits.to - limits.from)) * (WIDTH - NAMES);
  const height = TOP + data.operations.length * ROW + 8;
  const ticks = [...Array(TICKS).keys()].map((i) => limits.from + ((i + 0.5) / TICKS) * whole);
  const label = (time) => (whole > 2 * 86400000 ? new Date(time).toLocaleDateString([], { month: "short", day: "numeric" }) : clock(new Date(time)));
  return svg("svg", { class: "timeline", width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, role: "img",
    "aria-label": "Epochs of each operation over time; the table below says the same" },
  ticks.map((time) => svg("g", {}, svg("line", { class: "grid", x1: x(time), x2: x(time), y1: TOP - 6, y2: height }),
    svg("text", { x: x(time), y: 14, "text-anchor": "middle" }, label(time)))),
  data.operations.map((operation, i) => row(operation, TOP + i * ROW, data.rotations, x, limits)),
  svg("line", { class: "now", x1: x(Date.now()), x2: x(Date.now()), y1: TOP - 8, y2: height }),
  svg("text", { class: "now-text", x: x(Date.now()) + 5, y: height - 1 }, "now"));
}

export function showKeys(data, act) {
  at("rotate-all").onclick = () => act.rotate("");
  if (data.operations.length === 0) {
    show(at("timeline"), empty("Policy has no operation."));
    show(at("operations"));
    return;
  }
  show(at("timeline"), timeline(data));
  show(at("operations"), table(["Operation", "Mode", "Active epoch", "Rotates", "Every", "Provided by", "Actions"], data.operations.map((operation) =>
    h("tr", {}, h("th", { scope: "row" }, operation.name),
      h("td", {}, tags([operation.mode], operation.mode === "strict" ? "good" : "warn")),
      h("td", { class: "num" }, String(operation.activeEpoch ?? "unknown")),
      h("td", { class: "num" }, operation.rotatesAt ? until(operation.rotatesAt) : "unknown"),
      h("td", { class: "num" }, span(millis(operation.rotationInterval))),
      h("td", { class: "num" }, `${operation.instances} ${operation.instances === 1 ? "instance" : "instances"}`),
      h("td", { class: "act" },
        h("button", { type: "button", class: "small", "data-key": `rotate ${operation.name}`, "aria-label": `Rotate ${operation.name}`,
          onclick: () => act.rotate(operation.name) }, "Rotate"),
        h("button", { type: "button", class: "small danger", "data-key": `replace ${operation.name}`, "aria-label": `Replace the keys of ${operation.name} now`,
          onclick: () => act.replace(operation.name) }, "Replace now"))))));
}
