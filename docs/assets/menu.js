// @ts-check
/// <reference path="page.js" />
/// <reference path="tools.js" />
/// <reference path="quoting.js" />
/// <reference path="windows.js" />
/** The menu on words that a reader chose. Fetched when somebody chooses some. */
var menu = (() => {
  "use strict";

  /** @typedef {Parameters<typeof windows.cite>[0]} Choice */

  const GAP = 8; // pixels between the words and the menu
  const UNSEEN = "[role=doc-footnote], .vr-address, .vr-menu, dialog, .vr-status, button";
  const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, td, th, dt, dd, pre, blockquote, br, figcaption";

  /** @type {HTMLElement | undefined} */
  let open;

  /**
   * @param {Range} range
   * @param {"before" | "exact" | "after"} part of the essay; it tells which end of a block is cut off
   * @returns {string} its text as `quoting` wants it
   */
  function read(range, part) {
    const copy = range.cloneContents();
    copy.querySelectorAll(UNSEEN).forEach((one) => one.remove());
    copy.querySelectorAll("[role=doc-noteref]").forEach((ref) => {
      ref.replaceWith(`\uE000${ref.textContent}\uE001`);
    });
    copy.querySelectorAll(BLOCKS).forEach((block, index) => {
      if (part === "after") block.append("\uE002");
      else if (part === "before" || index) block.prepend("\uE002");
    });
    return (copy.textContent ?? "").replace(/\s+/g, " ").replace(/[\uE002 ]*\uE002[\uE002 ]*/g, "\n");
  }

  /** @param {HTMLElement} essay @param {Range} range @returns {Choice} */
  function choose(essay, range) {
    const [before, after] = [range.cloneRange(), range.cloneRange()];
    before.selectNodeContents(essay);
    before.setEnd(range.startContainer, range.startOffset);
    after.selectNodeContents(essay);
    after.setStart(range.endContainer, range.endOffset);
    const quoted = quoting.whole({
      before: read(before, "before"), exact: read(range, "exact"), after: read(after, "after"),
    });
    const start = range.startContainer;
    const inside = (start instanceof Element ? start : start.parentElement)?.closest("p[id]")?.id;
    return { quoted, block: nameOf(essay, start), inside };
  }

  /** @param {HTMLElement} essay @param {Node} place @returns {string} the id of the block there, or before */
  function nameOf(essay, place) {
    const blocks = [...essay.querySelectorAll(":scope > [id]:not([role=doc-footnote])")];
    return blocks.findLast((block) => block.contains(place)
      || block.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)?.id ?? "";
  }

  /** @param {Choice} choice */
  function linkTo({ quoted, block }) {
    return `${location.href.split("#")[0]}#${block}${quoting.fragment(quoted)}`;
  }

  /** @param {Choice} choice @param {string} page where the essay's file is edited */
  function change(choice, page) {
    const link = windows.make("a", { textContent: "Suggest a change", href: page, target: "_blank", rel: "noopener" });
    if (location.protocol === "file:") return link;
    fetch("index.md").then((answer) => (answer.ok ? answer.text() : "")).then((markdown) => {
      const line = quoting.line(markdown, choice.block, quoting.plain(choice.quoted.exact));
      if (line) link.href = `${page}#L${line}`;
    }, () => {});
    return link;
  }

  /** @param {Choice} choice @returns {HTMLElement[]} */
  function entries(choice) {
    const button = (/** @type {string} */ label, /** @type {(made: HTMLButtonElement) => void} */ act) => {
      const made = windows.make("button", { type: "button", textContent: label });
      made.addEventListener("click", () => act(made));
      return made;
    };
    const edit = windows.all(".vr-colophon .vr-edit", "href")[0];
    const history = document.querySelector('link[href="history.json"]');
    return [
      button("Copy link", async (made) => {
        const link = linkTo(choice);
        if (!(await tools.copy(link))) window.history.replaceState(window.history.state, "", link);
        made.textContent = "Copied";
      }),
      button("Cite", () => windows.cite(choice)),
      ...(edit ? [change(choice, edit)] : []),
      button("Propose a note", () => windows.propose(choice)),
      ...(history && location.protocol !== "file:" ? [button("History", () => windows.tell(choice.block))] : []),
    ];
  }

  /** Puts the menu below the words, within the window. @param {HTMLElement} made @param {DOMRect} box */
  function place(made, box) {
    const essay = /** @type {HTMLElement} */ (made.parentElement);
    const origin = essay.getBoundingClientRect();
    const coarse = matchMedia("(pointer: coarse)").matches; // fingers have handles below their words
    const room = document.documentElement.clientWidth - made.offsetWidth - GAP;
    const left = Math.max(GAP, Math.min(box.left, room));
    const below = box.bottom + GAP * (coarse ? 4 : 1);
    const top = below + made.offsetHeight < innerHeight ? below : box.top - made.offsetHeight - GAP;
    made.style.translate = `${left - origin.left}px ${Math.max(GAP, top) - origin.top}px`;
  }

  /**
   * Offers what can be done with the words of `range`.
   * @param {HTMLElement} essay @param {Range} range
   */
  function offer(essay, range) {
    close();
    const made = windows.make("div", { className: "vr-menu" }, ...entries(choose(essay, range)));
    made.setAttribute("role", "toolbar");
    made.setAttribute("aria-label", "For the chosen words");
    made.lang = "en";
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // leaves the choice alone
    made.addEventListener("keydown", (event) => walk(made, event));
    essay.append(made);
    open = made;
    place(made, [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect());
  }

  /** @param {HTMLElement} made @param {KeyboardEvent} event */
  function walk(made, { key }) {
    const items = /** @type {HTMLElement[]} */ ([...made.children]);
    const now = items.findIndex((item) => item === document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) items.at((now + step) % items.length)?.focus();
  }

  function close() {
    open?.remove();
    open = undefined;
  }

  return { offer, close, isOpen: () => !!open, holds: (/** @type {Node | null} */ node) => !!open?.contains(node),
    enter: () => /** @type {HTMLElement | null} */ (open?.firstElementChild)?.focus(), choose };
})();
