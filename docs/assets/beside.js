// @ts-check
/**
 * Puts the readings of an essay, or the damaged copy with them, beside the paragraphs that answer
 * to it. They are fetched from the page of the apparatus when somebody asks; where that cannot be
 * done, and without this file, the links lead to that page.
 */
(() => {
  "use strict";

  const wide = matchMedia("(min-width: 76.25em)"); // as in notes.css

  /** @typedef {"readings" | "copy"} What */
  /** @typedef {{aside: HTMLElement, wait: HTMLElement, first: Element, last: Element}} Placed */

  /** What stands beside one essay. */
  class Beside {
    /** @param {HTMLElement} essay @param {HTMLAnchorElement[]} links */
    constructor(essay, links) {
      this.essay = essay;
      this.address = links[0].href;
      this.style = links[0].parentElement?.dataset.style ?? "";
      this.buttons = links.map((link) => this.offer(link));
      /** @type {Promise<Document> | undefined} */
      this.page = undefined;
      /** @type {What | ""} */
      this.shown = "";
      /** @type {Placed[]} */
      this.placed = [];
      wide.addEventListener("change", () => this.put());
      const asked = new URLSearchParams(location.search).get("beside");
      const known = this.buttons.find(({ dataset }) => dataset.beside === asked);
      if (known) this.show(/** @type {What} */ (asked));
    }

    /** @param {HTMLAnchorElement} link which becomes a switch */
    offer(link) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.beside = link.dataset.beside;
      button.setAttribute("aria-pressed", "false");
      button.append(...link.childNodes);
      button.addEventListener("click", () => {
        const what = /** @type {What} */ (button.dataset.beside);
        this.show(this.shown === what ? "" : what);
      });
      link.replaceWith(button);
      return button;
    }

    /** @param {What | ""} what nothing puts all away again */
    async show(what) {
      this.shown = what;
      this.buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.beside === what)));
      try {
        const page = what ? await this.fetch() : undefined;
        if (this.shown === what) this.lay(page, what);
      } catch {
        location.href = this.address;
      }
    }

    /** @returns {Promise<Document>} the page of the apparatus, asked for once */
    fetch() {
      this.page ??= (async () => {
        await dress(this.style);
        const answer = await fetch(this.address);
        if (!answer.ok) throw new Error(answer.statusText);
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      })();
      return this.page;
    }

    /** @param {Document | undefined} page @param {What | ""} what */
    lay(page, what) {
      const at = new URL(location.href);
      if (what) at.searchParams.set("beside", what);
      else at.searchParams.delete("beside");
      history.replaceState(history.state, "", at);
      this.placed.forEach(({ aside, wait }) => { aside.remove(); wait.remove(); });
      document.documentElement.classList.toggle("vr-apart", what !== "");
      const rows = /** @type {HTMLElement[]} */ ([...page?.querySelectorAll(".vr-row") ?? []]);
      this.placed = rows.flatMap((row) => this.make(row, what));
      this.put();
    }

    /** @param {HTMLElement} row @param {What | ""} what @returns {Placed[]} none when it has nothing */
    make(row, what) {
      const blocks = (row.dataset.paragraphs ?? "").split(" ").flatMap((id) => document.getElementById(id) ?? []);
      const parts = [...row.querySelectorAll(what === "copy" ? ".vr-verso, .vr-foot" : ".vr-foot")];
      if (!blocks.length || !(what === "copy" ? !row.matches(".vr-editors") : row.querySelector(".vr-reading"))) return [];
      const aside = document.createElement("div"); // twenty landmarks would be none
      aside.className = "vr-beside";
      aside.setAttribute("role", "group");
      aside.setAttribute("aria-label", what === "copy" ? "The copy" : "Readings");
      aside.append(...parts.map((part) => document.importNode(part, true)));
      if (what === "readings") aside.querySelectorAll(".vr-mends").forEach((mends) => mends.remove());
      this.rename(aside);
      const first = this.top(blocks[0]);
      const above = first.previousElementSibling;
      const wait = document.createElement("div"); // where the text waits for what stands beside it above
      wait.className = "vr-wait";
      (above?.matches("h2, h3, h4") ? above : first).before(wait); // a heading stays with its text
      return [{ aside, wait, first, last: this.top(blocks[blocks.length - 1]) }];
    }

    /** Ids that this page has already go; links that lead nowhere here lead to the other page. @param {HTMLElement} aside */
    rename(aside) {
      for (const part of aside.querySelectorAll("[id]")) {
        if (document.getElementById(part.id)) part.removeAttribute("id");
      }
      for (const link of aside.querySelectorAll("a")) {
        const target = (link.getAttribute("href") ?? "").replace(/^#/, "");
        if (!aside.querySelector(`#${CSS.escape(target)}`)) link.href = new URL(link.getAttribute("href") ?? "", this.address).href;
      }
    }

    /** @param {Element} block @returns {Element} what of the essay it stands in */
    top(block) {
      return block.parentElement === this.essay || !block.parentElement ? block : this.top(block.parentElement);
    }

    /** Wide: floats begin beside the first paragraph. Narrow: they follow the last. */
    put() {
      for (const { aside, first, last } of this.placed) {
        if (wide.matches) first.before(aside);
        else last.after(aside);
      }
    }
  }

  /** @param {string} style @returns {Promise<void>} when this style sheet is there */
  function dress(style) {
    return new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = style;
      link.addEventListener("load", () => resolve());
      link.addEventListener("error", reject);
      document.head.append(link);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const essay = document.querySelector(/** @type {"div"} */ (".vr-essay"));
    const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-beside]")]);
    if (essay && links.length && location.protocol !== "file:") new Beside(essay, links); // on disk nothing can be fetched
  }, { once: true });
})();
