// @ts-check
/// <reference path="page.js" />
/** What a reader may do about an essay: choose kinds of note, copy an address, see the keys. */
var tools = (() => {
  "use strict";

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

  /** @param {string} id @returns {Promise<string>} what came of it, in a word */
  async function copyAddress(id) {
    const address = new URL(`#${id}`, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      return "Copied";
    } catch {
      history.replaceState(history.state, "", address); // there, at least, it can be copied by hand
      return "See address bar";
    }
  }

  /** @param {HTMLElement} aside a note, which gets a button after its last words */
  function offerLink(aside) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "vr-copy";
    copy.textContent = "Copy link";
    copy.addEventListener("click", async () => {
      copy.textContent = await copyAddress(aside.id);
      setTimeout(() => { copy.textContent = "Copy link"; }, 2000);
    });
    const last = aside.lastElementChild;
    (last?.matches("p") ? last : aside).append(" ", copy);
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
        sign.dataset.said = await copyAddress(block.id);
        setTimeout(() => delete sign.dataset.said, 2000);
      });
      block.prepend(sign);
    }
  }

  /** Shows the keys, or puts them away. */
  function help() {
    const open = document.querySelector(/** @type {"dialog"} */ (".vr-help"));
    if (open) return open.close();
    const made = document.createElement("dialog");
    made.className = "vr-help";
    made.setAttribute("aria-label", "Keys");
    const list = made.appendChild(document.createElement("dl"));
    const keys = { n: "next note", p: "note before", Esc: "close the note", "?": "these keys" };
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

  return { offerKinds, offerLink, offerAddresses, help };
})();
