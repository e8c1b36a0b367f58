// @ts-check
/// <reference path="page.js" />
/// <reference path="margin.js" />
/// <reference path="tools.js" />
/**
 * Notes under a reader's hands. A plain script, so that it also runs from a folder on disk; it
 * stands in the head, so that the page knows before it is drawn that notes will be placed.
 *
 * Wide windows: notes stand in the margin beside their passages. Narrow ones: a note opens as a
 * sheet. Without this file the notes stand in the text, with links there and back.
 */
(() => {
  "use strict";

  const REF = '[role="doc-noteref"]';
  const BACK = '[role="doc-backlink"]';
  const NOTE = '[role="doc-footnote"]';
  const PASSAGE = "mark:is(.gloss, .context, .source, .reading, .question)";

  const wide = matchMedia("(min-width: 76.25em)"); // as in notes.css
  document.documentElement.classList.add("vr-js");

  /** The notes of one essay. */
  class Notes {
    /** @param {HTMLElement} essay */
    constructor(essay) {
      this.essay = essay;
      this.all = [...essay.querySelectorAll(NOTE)].flatMap((aside) => this.gather(aside));
      this.notes = this.all; // those of the kinds that the reader wants
      /** @type {Note | undefined} */
      this.open = undefined;
      /** @type {Note[]} */
      this.lit = [];
      this.last = -1;
      this.margin = new margin.Margin(essay);
      this.notes.forEach((note) => this.furnish(note));
      tools.offerAddresses(essay);
      tools.offerMenu(essay);
      this.want = tools.offerKinds((hidden) => this.hide(hidden));
      this.listen();
      this.measure();
      new ResizeObserver(() => this.measure()).observe(essay);
      wide.addEventListener("change", () => { this.close(false); this.measure(); });
      document.fonts?.ready.then(() => this.measure());
      this.offerKeys();
      this.follow();
      requestAnimationFrame(() => essay.classList.add("vr-settled"));
    }

    /** @param {Element} aside @returns {Note[]} none when its reference is missing */
    gather(aside) {
      const name = CSS.escape(aside.id);
      /** @type {HTMLElement | null} */
      const ref = this.essay.querySelector(`${REF}[href="#${name}"]`);
      if (!ref) return [];
      /** @type {HTMLElement[]} */
      const marks = [...this.essay.querySelectorAll(/** @type {"mark"} */ (`[data-notes~="${name}"]`))];
      const last = ref.previousElementSibling; // names no note when the reference behind it does
      if (last instanceof HTMLElement && last.matches("mark:not([data-notes])")) marks.push(last);
      return [{ id: aside.id, aside: /** @type {HTMLElement} */ (aside), ref, marks }];
    }

    /** @param {Note} note */
    furnish({ aside, ref }) {
      const back = aside.querySelector(/** @type {"a"} */ (BACK));
      aside.setAttribute("aria-label", ref.getAttribute("aria-label") ?? "");
      aside.tabIndex = -1;
      const close = document.createElement("button");
      close.type = "button";
      close.className = "vr-close";
      close.textContent = "Close";
      close.addEventListener("click", () => this.close());
      if (back) {
        back.title = "Back to the passage";
        back.before(close);
      }
      tools.offerLink(aside);
    }

    /** @param {string[]} kinds to be put away, with the lines under their passages */
    hide(kinds) {
      this.close(false);
      /** @param {Note} note */
      const off = ({ aside }) => kinds.some((kind) => aside.classList.contains(kind));
      this.notes = this.all.filter((note) => !off(note));
      const shown = new Set(this.notes.flatMap(({ marks }) => marks));
      for (const note of this.all) {
        note.aside.hidden = note.ref.hidden = off(note);
        note.marks.forEach((mark) => mark.classList.toggle("vr-off", !shown.has(mark)));
      }
      this.measure();
    }

    /** Single letters as keys get in the way of those who speak to their computer: WCAG 2.1.4. */
    offerKeys() {
      this.letters = page.remember("vr-letters") !== "off";
      const offer = document.querySelector(/** @type {"button"} */ (".vr-keys button"));
      const say = () => {
        if (offer) offer.textContent = `Switch letter keys ${this.letters ? "off" : "on"}`;
      };
      offer?.addEventListener("click", () => {
        this.letters = !this.letters;
        page.remember("vr-letters", this.letters ? "on" : "off");
        say();
      });
      say();
    }

    /** Where the notes stand is found out anew. */
    measure() {
      this.margin.measure(this.notes, this.open);
    }

    /** The notes that an event is about. @param {EventTarget | null} target @returns {Note[]} */
    about(target) {
      const end = target instanceof Element && target.closest(`${PASSAGE}, ${REF}, ${NOTE}`);
      return this.notes.filter(({ aside, ref, marks }) =>
        [aside, ref, ...marks].some((own) => own === end));
    }

    /** @param {Note[]} lit the notes to show both ends of; all others are put out */
    light(lit) {
      /** @param {Note} note @param {boolean} on */
      const turn = ({ aside, ref, marks }, on) => {
        [aside, ref, ...marks].forEach((end) => end.classList.toggle("vr-lit", on));
        aside.classList.toggle("vr-peek", on && lit.length === 1);
      };
      this.lit.forEach((note) => turn(note, false));
      lit.forEach((note) => turn(note, true));
      this.lit = lit;
    }

    /** @param {Note} note */
    show(note) {
      const sight = this.margin.sight(note); // read before anything is written
      if (this.open && this.open !== note) this.open.aside.classList.remove("vr-open");
      this.open = note;
      this.last = this.notes.indexOf(note);
      note.aside.classList.add("vr-open");
      this.margin.place(note, sight);
      history.replaceState(history.state, "", `#${note.id}`);
      note.aside.focus({ preventScroll: true });
      this.light([note]);
      this.reveal(note);
    }

    /**
     * Scrolls, when it must, so that the passage is seen: above the sheet where there is one.
     * @param {Note} note
     */
    reveal({ aside, ref, marks }) {
      const box = (marks[0] ?? ref).getBoundingClientRect();
      const foot = wide.matches ? innerHeight : innerHeight - aside.offsetHeight;
      const end = wide.matches
        ? box.top + Math.min(aside.offsetHeight, innerHeight * 0.7)
        : ref.getBoundingClientRect().bottom;
      if (box.top < 8 || end > foot - 8) scrollBy({ top: box.top - foot * 0.25, behavior: "auto" });
    }

    /** @param {boolean} [back] whether the focus goes to the reference */
    close(back = true) {
      const note = this.open;
      if (!note) return;
      const sight = this.margin.sight();
      this.open = undefined;
      note.aside.classList.remove("vr-open");
      history.replaceState(history.state, "", location.pathname + location.search);
      this.light([]);
      if (back) note.ref.focus({ preventScroll: wide.matches });
      if (wide.matches) this.margin.place(undefined, sight);
    }

    /** Opens the note that the address names. */
    follow() {
      const note = this.all.find(({ id }) => `#${id}` === location.hash);
      if (!note) return;
      note.aside.classList.forEach(this.want);
      this.show(note);
    }

    /** @param {number} step 1 for the next note, -1 for the one before */
    step(step) {
      const found = this.notes.findIndex(({ ref }) => ref.getBoundingClientRect().top > 0);
      const ahead = found < 0 ? this.notes.length - +(step > 0) : found; // past them all: the last
      const from = this.open ? this.last + step : step > 0 ? ahead : ahead - 1;
      const note = this.notes[from];
      if (note) this.show(note);
    }

    listen() {
      for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
        const read = () => (this.open ? [this.open] : []);
        this.essay.addEventListener(enter, ({ target }) => {
          const notes = this.about(target);
          this.light(notes.length ? notes : read());
        });
        this.essay.addEventListener(leave, () => this.light(read()));
      }
      document.addEventListener("click", (event) => this.clicked(event));
      addEventListener("keydown", (event) => this.pressed(event), { capture: true });
      addEventListener("hashchange", () => this.follow());
    }

    /** @param {MouseEvent} event */
    clicked(event) {
      const target = event.target instanceof Element ? event.target : null;
      const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);
      const link = target?.closest("a");
      const notes = this.about(target);
      if (link && !(plain && link.matches(`${REF}, ${BACK}`))) return;
      if (link?.matches(BACK) && notes.length) {
        event.preventDefault();
        this.show(notes[0]);
        this.close();
      } else if (target?.closest(`${REF}, ${PASSAGE}`) && notes.length) {
        if (!link && !getSelection()?.isCollapsed) return; // somebody selects words
        event.preventDefault();
        const next = notes[(notes.findIndex((note) => note === this.open) + 1) % notes.length];
        this.show(link ? notes[0] : next);
      } else if (!target?.closest(NOTE)) {
        this.close(false);
      } else if (!target.closest("button") && notes[0]?.aside.classList.contains("vr-folded")) {
        this.show(notes[0]);
      }
    }

    /** @param {KeyboardEvent} event */
    pressed(event) {
      const typing = event.target instanceof Element
        && event.target.closest("input, textarea, select, [contenteditable], dialog");
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Escape") this.close();
      else if (this.letters && event.key === "n") this.step(1);
      else if (this.letters && event.key === "p") this.step(-1);
      else if (this.letters && event.key === "?") tools.help();
      else return;
      event.stopImmediatePropagation();
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const essay = document.querySelector(/** @type {"div"} */ (".vr-essay"));
    if (essay) new Notes(essay);
  }, { once: true });
})();
