// @ts-check
/**
 * The table of readings under a reader's hands: sorted by a column, sifted by edition, paragraph
 * and confidence. What is chosen stands in the address, so that it can be sent to somebody.
 * Without this file the table is whole, by edition and paragraph.
 */
(() => {
  "use strict";

  const RANKS = ["low", "medium", "high"];
  const SIEVES = /** @type {const} */ (["edition", "paragraph", "confidence"]);

  /** One table, and the fields above it. */
  class Readings {
    /** @param {HTMLTableElement} table @param {HTMLElement} fields */
    constructor(table, fields) {
      this.fields = fields;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows]; // in the order of the page
      this.heads = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("th[data-sort]")]);
      this.asked = new URLSearchParams(location.search);
      this.heads.forEach((head) => this.offer(head));
      this.fill("edition", (row) => row.querySelector(".vr-edition")?.textContent ?? "");
      this.fill("paragraph", (row) => row.dataset.paragraph ?? "");
      for (const name of SIEVES) this.field(name).value = this.asked.get(name) ?? "";
      fields.addEventListener("change", () => this.choose());
      fields.hidden = false;
      this.sort();
      this.sift();
    }

    /** @param {string} name @returns {HTMLSelectElement} */
    field(name) {
      return /** @type {HTMLSelectElement} */ (this.fields.querySelector(`[name="${name}"]`));
    }

    /**
     * The choices of a field, each once, as the rows have them.
     * @param {string} name @param {(row: HTMLTableRowElement) => string} label
     */
    fill(name, label) {
      const found = new Map(this.rows.map((row) => [row.dataset[name] ?? "", label(row)]));
      const choices = [...found].sort(([a], [b]) => (name === "paragraph" ? a.localeCompare(b, "en", { numeric: true }) : 0));
      this.field(name).append(...choices.map(([value, text]) => new Option(text, value)));
    }

    /** @param {HTMLElement} head whose words become a button that sorts by it */
    offer(head) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        this.say("sort", `${down ? "-" : ""}${head.dataset.sort}`);
        this.sort();
      });
      head.append(button);
    }

    /** Puts a choice into the address. @param {string} name @param {string} value */
    say(name, value) {
      if (value && value !== "place") this.asked.set(name, value);
      else this.asked.delete(name);
      const query = this.asked.toString();
      history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
    }

    choose() {
      for (const name of SIEVES) this.say(name, this.field(name).value);
      this.sift();
    }

    sift() {
      let shown = 0;
      for (const row of this.rows) {
        row.hidden = SIEVES.some((name) => this.field(name).value && row.dataset[name] !== this.field(name).value);
        shown += Number(!row.hidden);
      }
      const output = this.fields.querySelector("output");
      if (output) output.textContent = `${shown} of ${this.rows.length} readings`;
    }

    sort() {
      const asked = this.asked.get("sort") ?? "place";
      const by = asked.replace(/^-/, "");
      const column = this.heads.findIndex((head) => head.dataset.sort === by);
      this.heads.forEach((head, index) => {
        if (index !== column) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", asked === by ? "ascending" : "descending");
      });
      if (column < 0) return;
      const keys = new Map(this.rows.map((row, index) => [row, this.key(row, by, index)]));
      const turn = asked === by ? 1 : -1;
      const sorted = [...this.rows].sort((a, b) => turn * compare(keys.get(a), keys.get(b)));
      this.body.append(...sorted);
    }

    /** @param {HTMLTableRowElement} row @param {string} by @param {number} index @returns {string | number} */
    key(row, by, index) {
      if (by === "source") return row.querySelector(".vr-damaged")?.textContent ?? "";
      if (by === "reading") return row.querySelector(".vr-sense")?.textContent ?? "";
      if (by === "confidence") return RANKS.indexOf(row.dataset.confidence ?? "");
      return by === "date" ? row.dataset.date ?? "" : index;
    }
  }

  /** @param {string | number | undefined} a @param {string | number | undefined} b */
  function compare(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const table = document.querySelector(/** @type {"table"} */ ("table.vr-readings"));
    const fields = document.querySelector(/** @type {"div"} */ (".vr-sift"));
    if (table && fields) new Readings(table, fields);
  }, { once: true });
})();
