// SPDX-License-Identifier: Apache-2.0

/* Builds nodes. What comes from outside is only ever set as text, never read as markup. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const at = (id) => document.getElementById(id);

const keyOf = (node) => node.dataset?.key;

function syncAttributes(old, fresh) {
  [...old.attributes].filter(({ name }) => !fresh.hasAttribute(name)).forEach(({ name }) => old.removeAttribute(name));
  [...fresh.attributes].filter(({ name, value }) => old.getAttribute(name) !== value).forEach(({ name, value }) => {
    if (name === "style") {
      old.style.cssText = fresh.style.cssText;
    } else {
      old.setAttribute(name, value);
    }
  });
}

function sync(old, fresh) {
  if (old.nodeName !== fresh.nodeName || keyOf(old) !== keyOf(fresh)) {
    old.replaceWith(fresh);
  } else if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) {
      old.data = fresh.data;
    }
  } else {
    syncAttributes(old, fresh);
    syncChildren(old, [...fresh.childNodes]);
  }
}

function syncChildren(parent, children) {
  const before = [...parent.childNodes];
  before.slice(children.length).forEach((node) => node.remove());
  children.forEach((child, i) => (i < before.length ? sync(before[i], child) : parent.append(child)));
}

/**
 * Makes the children of a node like these, and leaves alone what is so already: focus, a press that is under way, and what a
 * screen reader has read stay. What hears events and may stand for something else needs a data-key of its own.
 */
export function show(parent, ...children) {
  syncChildren(parent, children.flat().filter(Boolean).map((child) => (child instanceof Node ? child : new Text(child))));
}

export const tags = (names, kind = "") => names.map((name) => h("span", { class: `tag ${kind}` }, name));

export const empty = (text) => h("p", { class: "empty" }, text);

export function table(columns, rows, kind = "") {
  return h("table", { class: kind },
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows));
}
