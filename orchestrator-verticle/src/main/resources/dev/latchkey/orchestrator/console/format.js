// SPDX-License-Identifier: Apache-2.0

/* Times as people read them. */

export const clock = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export function span(millis) {
  const seconds = Math.round(Math.abs(millis) / 1000);
  const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const [size, unit] = units.find(([least]) => seconds >= 2 * least || least === 1);
  return `${Math.round(seconds / size)} ${unit}`;
}

export const until = (iso) => {
  const left = Date.parse(iso) - Date.now();
  return left > 0 ? `in ${span(left)}` : `${span(left)} ago`;
};

/** ISO 8601 durations as Java writes them: hours, minutes, seconds. */
export function millis(iso) {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$/.exec(iso) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

export const number = (value) => value.toLocaleString("en");
