// @ts-check
/**
 * The behaviour of an annotated page. A plain script, so that it also runs from a folder on disk;
 * it stands in the head, so that the page knows before it is drawn that notes will be placed.
 *
 * Wide windows: notes stand in the margin beside their passages. Narrow ones: a note opens as a
 * sheet. Without this file the notes stand in the text, with links there and back.
 */
(() => {
  "use strict";

  /**
   * A box in the margin: where its top wants to be, how high it is, how strongly it insists.
   * @typedef {{want: number, height: number, weight?: number}} Box
   * @typedef {{id: string, aside: HTMLElement, ref: HTMLElement, marks: HTMLElement[]}} Note
   */

  const GAP = 12; // pixels between two notes
  const REACH = 6; // lines that a note may stand away from its passage before notes are folded
  const FOLDS = [20, 14, 10, 8, 7, 6, 5, 4, 3]; // lines that a folded note may show
  const HEAVY = 1e6; // the weight of the note that is being read: it stands where it wants

  const root = document.documentElement;
  const wide = matchMedia("(min-width: 76.25em)");
  root.classList.add("vr-js");
  const saved = remember("vr-theme");
  if (saved) root.dataset.theme = saved;

  /**
   * The tops of `boxes`, in their order, `gap` apart and within 0 to `room` when they fit there,
   * with the least sum of weighted squared distances from where they want to be. Isotonic
   * regression by pooling adjacent violators (Ayer et al., 1955), linear in the number of boxes.
   * @param {Box[]} boxes
   * @param {number} gap
   * @param {number} [room]
   * @returns {number[]}
   */
  function pack(boxes, gap, room = Infinity) {
    const above = []; // how much the boxes above each one take
    /** @type {{mean: number, weight: number, count: number}[]} */
    const pools = [];
    let taken = 0;
    for (const { want, height, weight = 1 } of boxes) {
      let pool = { mean: want - taken, weight, count: 1 };
      above.push(taken);
      taken += height + gap;
      for (let last; (last = pools.at(-1)) && last.mean >= pool.mean; pools.pop()) {
        const sum = last.weight + pool.weight;
        const mean = (last.mean * last.weight + pool.mean * pool.weight) / sum;
        pool = { mean, weight: sum, count: last.count + pool.count };
      }
      pools.push(pool);
    }
    const most = Math.max(0, room - (taken - gap));
    const shifts = pools.flatMap(({ mean, count }) =>
      Array(count).fill(Math.round(Math.min(Math.max(mean, 0), most))));
    return shifts.map((shift, index) => shift + above[index]);
  }

  /**
   * How many lines of each box to show (0: all of them) and where it then stands. Boxes fold only
   * where they push each other more than REACH lines off, the longest first; a box with a weight
   * is being read and never folds.
   * @param {Box[]} boxes
   * @param {number} line the height of a line
   * @param {number} [room]
   * @returns {{lines: number, height: number, top: number}[]}
   */
  function arrange(boxes, line, room) {
    const lines = boxes.map(() => 0);
    const heights = boxes.map(({ height }) => height);
    for (;;) {
      const tops = pack(boxes.map((box, i) => ({ ...box, height: heights[i] })), GAP, room);
      let folded = false;
      for (let start = 0, end = 0; start < boxes.length; start = end) {
        for (end = start + 1; end < boxes.length && tops[end] - tops[end - 1] - heights[end - 1] < GAP + 1;) end += 1;
        const pool = boxes.map((_, i) => i).slice(start, end);
        if (pool.every((i) => Math.abs(tops[i] - boxes[i].want) <= REACH * line)) continue;
        const free = pool.filter((i) => !boxes[i].weight);
        const fold = FOLDS.find((lower) => free.some((i) => heights[i] > (lower + 1.5) * line));
        for (const i of fold ? free : []) {
          if (heights[i] <= (fold + 1.5) * line) continue;
          [lines[i], heights[i], folded] = [fold, fold * line, true];
        }
      }
      if (!folded) return tops.map((top, i) => ({ lines: lines[i], height: heights[i], top }));
    }
  }

  /** @param {string} key @param {string} [value] stored when given @returns {string | null} */
  function remember(key, value) {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return value ?? null; // storage may be blocked
    }
  }

  /** @param {string} label @param {string} name @param {() => void} act @returns {HTMLButtonElement} */
  function button(label, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function addTools() {
    const tools = document.querySelector(".vr-tools");
    if (!tools) return;
    if (document.getElementById("vr-search") && location.protocol !== "file:") {
      tools.append(button("Search", "vr-find", search));
    }
    const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches
      ? "dark" : "light")) === "dark";
    const name = () => (dark() ? "Light" : "Dark");
    const theme = button(name(), "vr-theme", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      remember("vr-theme", root.dataset.theme);
      theme.textContent = name();
    });
    tools.append(theme);
  }

  /** Opens the search; the script that searches is fetched the first time. */
  async function search() {
    const waiting = /** @type {HTMLTemplateElement | null} */ (document.getElementById("vr-search"));
    if (waiting) {
      waiting.remove();
      await new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = waiting.content.querySelector("script")?.src ?? "";
        script.addEventListener("load", resolve);
        document.body.append(script);
      });
      document.dispatchEvent(new Event("DOMContentLoaded")); // which that script waits for
    }
    const find = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
    if (find && !find.checked) find.click();
    document.querySelector(/** @type {"input"} */ (".md-search__input"))?.focus();
  }

  /** On disk no server turns a folder's address into that of its page. */
  function leadFoldersToPages() {
    if (location.protocol !== "file:") return;
    for (const link of document.links) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }

  /** Marks in the contents the section that is being read. */
  function followContents() {
    const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".vr-contents a")]);
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length) return;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const current = headings.findLastIndex((h) => h && h.getBoundingClientRect().top < innerHeight / 3);
      links.forEach((link, index) => link.toggleAttribute("aria-current", index === current));
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    }, { passive: true });
    mark();
  }

  /** The notes of one essay. */
  class Notes {
    /** @param {HTMLElement} essay */
    constructor(essay) {
      this.essay = essay;
      this.notes = [...essay.querySelectorAll(".vr-note")].flatMap((aside) => this.gather(aside));
      /** @type {Note | undefined} */
      this.open = undefined;
      this.last = -1;
      /** @type {Box[]} */
      this.boxes = [];
      [this.head, this.room, this.line] = [0, 0, 0];
      this.notes.forEach((note) => this.furnish(note));
      this.listen();
      this.measure();
      new ResizeObserver(() => this.measure()).observe(essay);
      wide.addEventListener("change", () => { this.close(false); this.measure(); });
      document.fonts?.ready.then(() => this.measure());
      this.follow();
      requestAnimationFrame(() => essay.classList.add("vr-settled"));
    }

    /** @param {Element} aside @returns {Note[]} none when its reference is missing */
    gather(aside) {
      const ref = document.getElementById(`ref-${aside.id}`);
      const marks = this.essay.querySelectorAll(`[data-notes~="${CSS.escape(aside.id)}"]`);
      return ref ? [/** @type {Note} */ ({ id: aside.id, aside, ref, marks: [...marks] })] : [];
    }

    /** @param {Note} note */
    furnish({ aside }) {
      aside.tabIndex = -1;
      aside.querySelector(".vr-note-head")?.append(button("Close", "vr-close", () => this.close()));
    }

    /** Learns where the passages are and how high the notes, whenever the page was laid out anew. */
    measure() {
      const article = this.essay.parentElement ?? this.essay;
      article.style.minHeight = "";
      const top = this.essay.getBoundingClientRect().top;
      this.head = top - article.getBoundingClientRect().top;
      this.room = article.offsetHeight - this.head;
      this.line = this.notes.length ? parseFloat(getComputedStyle(this.notes[0].aside).lineHeight) : 0;
      this.boxes = this.notes.map(({ aside, ref, marks }) => ({
        want: ((marks[0] ?? ref).getClientRects()[0]?.top ?? top) - top,
        height: aside.scrollHeight,
      }));
      this.place();
    }

    /** Puts every note beside its passage, as near as the others let it. */
    place() {
      if (wide.matches && this.notes.length) {
        const boxes = this.boxes.map((box, index) =>
          (this.notes[index] === this.open ? { ...box, weight: HEAVY } : box));
        const places = arrange(boxes, this.line, this.room);
        this.notes.forEach(({ aside }, index) => {
          const { lines, top } = places[index];
          aside.style.top = `${top}px`;
          aside.style.setProperty("--vr-lines", String(lines));
          aside.classList.toggle("vr-folded", lines > 0);
        });
        const end = Math.max(...places.map(({ top, height }) => top + height));
        const article = this.essay.parentElement ?? this.essay;
        article.style.minHeight = end > this.room ? `${Math.ceil(end + this.head)}px` : "";
      }
      this.essay.classList.add("vr-placed");
    }

    /** The notes that an event is about. @param {EventTarget | null} target @returns {Note[]} */
    about(target) {
      const end = target instanceof Element ? target.closest(".vr-passage, .vr-ref, .vr-note") : null;
      const ids = end?.getAttribute("data-notes")?.split(" ") ?? [end?.id.replace(/^ref-/, "")];
      return end ? this.notes.filter(({ id }) => ids.includes(id)) : [];
    }

    /** @param {Note[]} lit */
    light(lit) {
      for (const note of this.notes) {
        note.aside.classList.toggle("vr-lit", lit.includes(note));
        note.ref.classList.toggle("vr-lit", lit.includes(note));
        note.marks.forEach((mark) => mark.classList.remove("vr-lit"));
      }
      lit.forEach(({ marks }) => marks.forEach((mark) => mark.classList.add("vr-lit")));
      this.notes.forEach((note) => note.aside.classList.toggle("vr-peek", lit.length === 1 && lit[0] === note));
    }

    /** @param {Note} note */
    show(note) {
      if (this.open && this.open !== note) this.open.aside.classList.remove("vr-open");
      this.open = note;
      this.last = this.notes.indexOf(note);
      note.aside.classList.add("vr-open");
      this.place();
      history.replaceState(history.state, "", `#${note.id}`);
      note.aside.focus({ preventScroll: true });
      this.light([note]);
      this.reveal(note);
    }

    /** Scrolls no more than needed to see the passage, above the sheet where there is one. */
    reveal({ aside, ref, marks }) {
      const box = (marks[0] ?? ref).getBoundingClientRect();
      const foot = wide.matches ? innerHeight : innerHeight - aside.offsetHeight;
      const end = wide.matches ? box.top + Math.min(aside.offsetHeight, innerHeight * 0.7) : ref.getBoundingClientRect().bottom;
      if (box.top < 8 || end > foot - 8) scrollBy({ top: box.top - foot * 0.25, behavior: "auto" });
    }

    /** @param {boolean} [back] whether the focus goes to the reference */
    close(back = true) {
      const note = this.open;
      if (!note) return;
      this.open = undefined;
      note.aside.classList.remove("vr-open");
      history.replaceState(history.state, "", location.pathname + location.search);
      this.light([]);
      if (back) note.ref.focus({ preventScroll: wide.matches });
      if (wide.matches) this.place();
    }

    /** Opens the note that the address names. */
    follow() {
      const note = this.notes.find(({ id }) => `#${id}` === decodeURIComponent(location.hash));
      if (note) this.show(note);
    }

    /** @param {number} step 1 for the next note, -1 for the one before */
    step(step) {
      const ahead = this.notes.findIndex(({ ref }) => ref.getBoundingClientRect().top > 0);
      const from = this.open ? this.last + step : step > 0 ? ahead : ahead - 1;
      const note = this.notes[from];
      if (note) this.show(note);
    }

    listen() {
      for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
        this.essay.addEventListener(enter, (event) => this.light(this.about(event.target)));
        this.essay.addEventListener(leave, () => this.light(this.open ? [this.open] : []));
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
      if (link && !(plain && link.matches(".vr-ref, .vr-back"))) return;
      if (link?.matches(".vr-back") && notes.length) {
        event.preventDefault();
        this.show(notes[0]);
        this.close();
      } else if (target?.closest(".vr-ref, .vr-passage") && notes.length) {
        if (!link && !getSelection()?.isCollapsed) return; // somebody selects words
        event.preventDefault();
        const next = notes[(notes.findIndex((note) => note === this.open) + 1) % notes.length];
        this.show(link ? notes[0] : next);
      } else if (!target?.closest(".vr-note")) {
        this.close(false);
      } else if (!target.closest("button") && notes[0]?.aside.classList.contains("vr-folded")) {
        this.show(notes[0]);
      }
    }

    /** @param {KeyboardEvent} event */
    pressed(event) {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Escape") this.close();
      else if (event.key === "n") this.step(1);
      else if (event.key === "p") this.step(-1);
      else return;
      event.stopImmediatePropagation();
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    addTools();
    leadFoldersToPages();
    followContents();
    const essay = document.querySelector(/** @type {"div"} */ (".vr-essay"));
    if (essay) new Notes(essay);
  }, { once: true });

  Object.assign(globalThis, { variorum: { pack, arrange } });
})();
