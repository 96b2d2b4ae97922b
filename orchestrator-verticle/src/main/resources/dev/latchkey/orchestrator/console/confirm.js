// SPDX-License-Identifier: Apache-2.0

/* Asks before anything is done that others feel. */

import { at } from "./dom.js";

/**
 * Opens the dialog. It closes when the action has succeeded; a failure is told in it.
 *
 * @param question title, text, label of the button, whether to ask for a time
 * @param action gets the time
 */
export function ask({ title, text, label, time = false }, action) {
  const dialog = at("confirm");
  const yes = at("confirm-yes");
  at("confirm-title").textContent = title;
  at("confirm-text").textContent = text;
  at("confirm-problem").textContent = "";
  at("confirm-time").hidden = !time;
  yes.textContent = label;
  yes.disabled = false;
  yes.onclick = async () => {
    yes.disabled = true;
    try {
      await action(at("confirm-for").value);
      dialog.close();
    } catch (failure) {
      at("confirm-problem").textContent = failure.message;
      yes.disabled = false;
    }
  };
  at("confirm-no").onclick = () => dialog.close();
  dialog.showModal();
  at("confirm-no").focus();
}
