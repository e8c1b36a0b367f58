// @ts-check
/** Steps through the changes of a page: buttons, and the letters j and k. A plain script. */
(() => {
  "use strict";

  /** @type {HTMLElement[]} */
  let changes = [];
  let at = -1;

  /** @param {number} step 1 for the next change, -1 for the one before */
  function go(step) {
    if (!changes.length) return;
    at = at < 0 && step < 0 ? changes.length - 1 : (at + step + changes.length) % changes.length;
    show(changes[at]);
  }

  /** @param {HTMLElement} change */
  function show(change) {
    document.querySelectorAll(".vr-now").forEach((piece) => piece.classList.remove("vr-now"));
    const name = CSS.escape(change.id);
    document.querySelectorAll(`[data-change="${name}"]`).forEach((piece) => piece.classList.add("vr-now"));
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    history.replaceState(history.state, "", `#${change.id}`);
    const place = document.querySelector(".vr-steps output");
    if (place) place.textContent = `${at + 1} of ${changes.length}`;
  }

  /** @param {string} words @param {string} key @param {number} step */
  function button(words, key, step) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.title = `${words} change (${key})`;
    made.setAttribute("aria-keyshortcuts", key);
    made.addEventListener("click", () => go(step));
    return made;
  }

  /** @returns {boolean} whether single letters are keys, which a reader may switch off */
  function letters() {
    try {
      return localStorage.getItem("vr-letters") !== "off";
    } catch {
      return true;
    }
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const typing = event.target instanceof Element
      && event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (typing || event.metaKey || event.ctrlKey || event.altKey || !letters()) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
  }

  function follow() {
    const found = changes.findIndex(({ id }) => `#${id}` === location.hash);
    if (found < 0) return;
    at = found;
    show(changes[at]);
  }

  document.addEventListener("DOMContentLoaded", () => {
    changes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article [data-change][id]")]);
    const steps = document.querySelector(".vr-steps");
    if (!changes.length || !steps) return;
    const place = document.createElement("output");
    steps.append(button("Previous", "k", -1), place, button("Next", "j", 1));
    addEventListener("keydown", pressed);
    addEventListener("hashchange", follow);
    follow();
  });
})();
