// @ts-check
/// <reference path="packing.js" />
/**
 * @typedef {{top: number, height: number, lines: number}} NotePlace in pixels of the article
 * @typedef {{id: string, aside: HTMLElement, ref: HTMLElement, marks: HTMLElement[], place?: NotePlace}} Note
 */
/** The margin of an essay: measures passages and notes, and puts each note where packing says. */
var margin = (() => {
  "use strict";

  const GAP = 12; // pixels between two notes
  const BATCH = 25; // notes out of sight that are moved between two frames
  const HEAVY = 1e6; // the weight of the note that is being read: it stands where it wants

  const wide = matchMedia("(min-width: 76.25em)"); // as in notes.css

  class Margin {
    /** @param {HTMLElement} essay */
    constructor(essay) {
      this.essay = essay;
      this.article = essay.parentElement ?? essay;
      /** @type {Note[]} */
      this.notes = []; // those that stand in it
      /** @type {{want: number, height: number}[]} */
      this.boxes = [];
      this.head = 0; // pixels of the article above the essay's text
      this.room = 0; // the article's height
      this.line = 0; // the height of a note's line
      this.later = 0; // the frame that moves more of the notes out of sight
    }

    /**
     * Learns where the passages are and how high the notes, whenever the page was laid out anew.
     * @param {Note[]} notes
     * @param {Note} [open] the one that is being read
     */
    measure(notes, open) {
      this.notes = notes;
      this.article.style.minHeight = "";
      const top = this.article.getBoundingClientRect().top; // the margin beside the title is free, too
      this.head = this.essay.getBoundingClientRect().top - top;
      this.room = this.article.offsetHeight;
      this.line = parseFloat(getComputedStyle(notes[0]?.aside ?? this.article).lineHeight);
      this.boxes = notes.map(({ aside, ref, marks }) => ({
        want: ((marks[0] ?? ref).getClientRects()[0]?.top ?? top) - top,
        height: aside.scrollHeight,
      }));
      this.place(open);
    }

    /**
     * Puts every note beside its passage, as near as the others let it: those that stand or stood
     * in sight at once, the others while the page is read. To move a note costs what its style does.
     * @param {Note} [open]
     * @param {[number, number]} [sight] in pixels of the article
     */
    place(open, sight = [-Infinity, Infinity]) {
      if (wide.matches && this.notes.length) {
        const boxes = this.boxes.map((box, index) =>
          (this.notes[index] === open ? { ...box, weight: HEAVY } : box));
        const places = packing.arrange(boxes, this.line, GAP, open ? Infinity : this.room);
        /** @param {NotePlace | undefined} place */
        const seen = (place) => !place || place.top < sight[1] && place.top + place.height > sight[0];
        /** @type {[Note, NotePlace][]} */
        const far = [];
        this.notes.forEach((note, index) => {
          if (seen(note.place) || seen(places[index])) this.move(note, places[index]);
          else far.push([note, places[index]]);
        });
        this.moveLater(far);
        const end = Math.max(...places.map(({ top, height }) => top + height));
        const high = end > this.room ? `${Math.ceil(end)}px` : "";
        if (this.article.style.minHeight !== high) this.article.style.minHeight = high;
      }
      this.essay.classList.add("vr-placed");
    }

    /** @param {[Note, NotePlace][]} moves a few of which are made before each of the next frames */
    moveLater(moves) {
      cancelAnimationFrame(this.later);
      if (!moves.length) return;
      this.later = requestAnimationFrame(() => {
        this.later = requestAnimationFrame(() => { // behind the frame that the reader waits for
          moves.slice(0, BATCH).forEach(([note, place]) => this.move(note, place));
          this.moveLater(moves.slice(BATCH));
        });
      });
    }

    /** Writes only what changed. @param {Note} note @param {NotePlace} place */
    move(note, place) {
      const { aside } = note;
      const move = `0px ${place.top - this.head}px`;
      const lines = String(place.lines);
      note.place = place;
      if (aside.style.translate !== move) aside.style.translate = move; // costs no layout
      if (aside.dataset.lines === lines) return;
      aside.dataset.lines = lines;
      aside.style.setProperty("--vr-lines", lines);
      aside.classList.toggle("vr-folded", lines !== "0");
    }

    /**
     * What will be seen of the article, in its pixels, once `note` is read: see `reveal`.
     * @param {Note} [note] @returns {[number, number]}
     */
    sight(note) {
      const top = -this.article.getBoundingClientRect().top;
      const want = (note && this.boxes[this.notes.indexOf(note)]?.want) ?? top;
      const from = want >= top && want < top + innerHeight ? top : want - innerHeight * 0.25;
      return [from, Math.max(from + innerHeight, want + innerHeight * 0.75)];
    }
  }

  return { Margin };
})();
