// SPDX-License-Identifier: Apache-2.0

/* Where the nodes of the map stand: in columns from callers to providers, with few crossings. Pure. */

const SWEEPS = 6;

/** Edges that lead back are found by a walk in depth, and do not count for columns. */
function forward(names, edges) {
  const out = new Map(names.map((name) => [name, []]));
  edges.forEach((edge) => out.get(edge.from).push(edge));
  const state = new Map();
  const kept = [];
  const visit = (name) => {
    state.set(name, "open");
    out.get(name).forEach((edge) => {
      if (state.get(edge.to) !== "open") {
        kept.push(edge);
        if (!state.has(edge.to)) {
          visit(edge.to);
        }
      }
    });
    state.set(name, "done");
  };
  names.forEach((name) => state.has(name) || visit(name));
  return kept;
}

function ranks(names, edges) {
  const rank = new Map(names.map((name) => [name, 0]));
  const kept = forward(names, edges);
  for (let i = 0; i < names.length; i++) {
    let moved = false;
    kept.forEach(({ from, to }) => {
      if (rank.get(to) < rank.get(from) + 1) {
        rank.set(to, rank.get(from) + 1);
        moved = true;
      }
    });
    if (!moved) {
      break;
    }
  }
  return rank;
}

function order(columns, edges) {
  const neighbours = new Map();
  edges.forEach(({ from, to }) => {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  });
  const place = new Map();
  const settle = () => columns.forEach((column) => column.forEach((name, i) => place.set(name, (i + 0.5) / column.length)));
  settle();
  for (let i = 0; i < SWEEPS; i++) {
    columns.forEach((column) => {
      const centre = (name) => {
        const near = neighbours.get(name) ?? [];
        return near.length === 0 ? place.get(name) : near.reduce((sum, other) => sum + place.get(other), 0) / near.length;
      };
      column.sort((one, other) => centre(one) - centre(other) || one.localeCompare(other));
    });
    settle();
  }
}

/**
 * The columns of names, the callers first.
 *
 * @param names of all nodes
 * @param edges from and to, by name
 */
export function columns(names, edges) {
  const rank = ranks(names, edges);
  const all = [];
  names.forEach((name) => (all[rank.get(name)] ??= []).push(name));
  const dense = all.filter(Boolean);
  order(dense, edges);
  return dense;
}
