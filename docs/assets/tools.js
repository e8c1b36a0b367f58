// @ts-check
/// <reference path="page.js" />
/// <reference path="menu.js" />
/** What a reader may do about an essay: choose kinds of note, copy an address, see the keys. */
var tools = (() => {
  "use strict";

  const parts = Object.values(document.currentScript?.dataset ?? {}).flatMap((part) => part ?? []);
  /** @type {Promise<unknown> | undefined} */
  let fetched;

  /**
   * Hangs the buttons of the kinds up; what is hidden stays so on the next visit.
   * @param {(hidden: string[]) => void} hide
   * @returns {(kind: string) => void} shows a kind again, when a link leads to one of its notes
   */
  function offerKinds(hide) {
    const buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".vr-filter button")]);
    const kinds = buttons.flatMap(({ dataset }) => dataset.kind ?? []);
    let hidden = (page.remember("vr-hidden") ?? "").split(" ").filter((kind) => kinds.includes(kind));
    const say = () => {
      for (const button of buttons) {
        const kind = button.dataset.kind;
        const on = kind ? !hidden.includes(kind) : hidden.length < kinds.length;
        button.setAttribute("aria-pressed", String(on));
      }
      hide(hidden);
    };
    /** @param {string | undefined} kind all of them when there is none */
    const toggle = (kind) => {
      if (!kind) hidden = hidden.length < kinds.length ? kinds : [];
      else if (hidden.includes(kind)) hidden = hidden.filter((other) => other !== kind);
      else hidden = [...hidden, kind];
    };
    buttons.forEach((button) => button.addEventListener("click", () => {
      toggle(button.dataset.kind);
      page.remember("vr-hidden", hidden.join(" "));
      say();
    }));
    if (hidden.length) say();
    return (kind) => {
      if (!hidden.includes(kind)) return;
      toggle(kind);
      say();
    };
  }

  /** @param {string} text @returns {Promise<boolean>} whether it is on the clipboard */
  const copy = (text) => Promise.resolve(navigator.clipboard?.writeText(text))
    .then(() => !!navigator.clipboard, () => false);

  /** @param {string} address @returns {Promise<string>} what came of it, in a word or two */
  async function copyAddress(address) {
    if (await copy(address)) return "Copied";
    history.replaceState(history.state, "", address); // there, at least, it can be copied by hand
    return "See address bar";
  }

  /** @param {string} id */
  const addressOf = (id) => new URL(`#${id}`, location.href).href;

  /** @param {HTMLElement} aside a note, which gets a button after its last words */
  function offerLink(aside) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "vr-copy";
    button.textContent = "Copy link";
    button.addEventListener("click", async () => {
      button.textContent = await copyAddress(addressOf(aside.id));
      setTimeout(() => { button.textContent = "Copy link"; }, 2000);
    });
    const last = aside.lastElementChild;
    (last?.matches("p") ? last : aside).append(" ", button);
  }

  /** @param {HTMLElement} essay whose paragraphs and headings get a sign that leads to them */
  function offerAddresses(essay) {
    for (const block of essay.querySelectorAll(":scope > :is(p, h2, h3)[id]")) {
      const sign = document.createElement("a");
      sign.className = "vr-address";
      sign.href = `#${block.id}`;
      const label = `Copy the address of this ${block.localName === "p" ? "paragraph" : "section"}`;
      sign.setAttribute("aria-label", label);
      sign.addEventListener("click", async () => {
        sign.dataset.said = await copyAddress(addressOf(block.id));
        setTimeout(() => delete sign.dataset.said, 2000);
        const all = document.createRange();
        all.selectNodeContents(block);
        await fetchMenu();
        menu.offer(essay, all);
      });
      block.prepend(sign);
    }
  }

  /** Fetches the menu on chosen words, once. @returns {Promise<unknown>} */
  function fetchMenu() {
    return (fetched ??= Promise.all(parts.map((address) => new Promise((resolve) => {
      const part = address.includes(".css") ? document.createElement("link") : document.createElement("script");
      if (part instanceof HTMLLinkElement) Object.assign(part, { rel: "stylesheet", href: address });
      else Object.assign(part, { async: false, src: address });
      part.addEventListener("load", resolve);
      document.head.append(part);
    }))));
  }

  /** @param {HTMLElement} essay @returns {Range | undefined} what somebody chose of its text */
  function chosen(essay) {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return undefined;
    const range = selection.getRangeAt(0).cloneRange();
    const start = range.startContainer;
    const element = start instanceof Element ? start : start.parentElement;
    if (!essay.contains(start) || element?.closest("[role=doc-footnote], .vr-menu")) return undefined;
    if (!essay.contains(range.endContainer) && essay.lastChild) range.setEndAfter(essay.lastChild);
    return range.toString().trim() ? range : undefined;
  }

  /** Offers the menu once a choice of words stands still. @param {HTMLElement} essay */
  function offerMenu(essay) {
    const status = (essay.parentElement ?? essay).appendChild(document.createElement("div"));
    status.className = "vr-status";
    status.setAttribute("role", "status");
    let held = false; // the pointer is still choosing
    let waiting = 0;
    const isOpen = () => !!fetched && typeof menu !== "undefined" && menu.isOpen();
    const busy = () => !!document.querySelector("dialog[open]")
      || (isOpen() && menu.holds(document.activeElement));
    const look = async () => {
      if (held || busy()) return;
      const range = chosen(essay);
      if (range) {
        await fetchMenu();
        if (!held && chosen(essay)) menu.offer(essay, range);
      } else if (isOpen()) menu.close();
      status.textContent = isOpen() ? "Tab leads to what can be done with these words." : "";
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(look, 200);
    };
    document.addEventListener("selectionchange", soon);
    for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
      addEventListener(kind, ({ target }) => {
        if (isOpen() && menu.holds(/** @type {Node} */ (target))) return;
        held = kind === "pointerdown";
        if (held && isOpen() && !document.querySelector("dialog[open]")) menu.close();
        soon();
      });
    }
    addEventListener("keydown", (event) => {
      if (!isOpen() || document.querySelector("dialog[open]")) return;
      if (event.key === "Escape") {
        clearTimeout(waiting); // a look that is still to come would offer it again
        menu.close();
      } else if (event.key === "Tab" && !event.shiftKey && !menu.holds(document.activeElement)) {
        menu.enter();
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, { capture: true });
  }

  /** Shows the keys, or puts them away. */
  function help() {
    const open = document.querySelector(/** @type {"dialog"} */ (".vr-help"));
    if (open) return open.close();
    const made = document.createElement("dialog");
    made.className = "vr-help";
    made.setAttribute("aria-label", "Keys");
    const list = made.appendChild(document.createElement("dl"));
    const keys = {
      n: "next note", p: "note before", Esc: "close the note",
      Tab: "from chosen words to their menu", "?": "these keys",
    };
    for (const [key, use] of Object.entries(keys)) {
      const row = list.appendChild(document.createElement("div"));
      row.appendChild(document.createElement("dt")).appendChild(document.createElement("kbd")).textContent = key;
      row.appendChild(document.createElement("dd")).textContent = use;
    }
    const close = made.appendChild(document.createElement("button"));
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => made.close());
    made.addEventListener("close", () => made.remove());
    (document.querySelector(".vr-article") ?? document.body).append(made);
    made.showModal();
  }

  return { copy, offerKinds, offerLink, offerAddresses, offerMenu, help };
})();
