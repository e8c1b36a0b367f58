// @ts-check
/// <reference path="tools.js" />
/// <reference path="quoting.js" />
/** The windows that the menu opens: a citation, a note to propose, what became of a paragraph. */
var windows = (() => {
  "use strict";

  /**
   * Words that a reader chose; the id of the block in or after which they begin, for links, and
   * that of the paragraph in which they do, for notes.
   * @typedef {{quoted: Parameters<typeof quoting.whole>[0], block: string, inside?: string}} Choice
   */

  const KINDS = ["gloss", "context", "source", "reading", "question"];

  /**
   * @template {keyof HTMLElementTagNameMap} T @param {T} tag
   * @param {Partial<HTMLElementTagNameMap[T]>} [properties] @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /** @param {string} selector @param {string} attribute @returns {string[]} */
  const all = (selector, attribute) =>
    [...document.querySelectorAll(selector)].map((one) => one.getAttribute(attribute) ?? "");

  /** @param {string} selector @returns {string} */
  const words = (selector) => document.querySelector(selector)?.textContent?.trim() ?? "";

  /** @param {Choice} choice @returns {string} where the paragraph will stay */
  function address({ block }) {
    const page = all("link[rel=canonical]", "href")[0] ?? location.href.split("#")[0];
    return block ? `${page}#${block}` : page;
  }

  /** @param {Choice} choice @returns {Parameters<typeof quoting.asPlain>[0]} */
  function cited(choice) {
    const authors = all("meta[name=citation_author]", "content");
    const url = address(choice);
    return {
      title: words(".vr-title h1"), site: words(".vr-masthead-name"), url,
      authors: authors.length ? authors : all("meta[name=author]", "content"),
      date: all(".vr-title time", "datetime")[0] ?? "", seen: new Date().toISOString().slice(0, 10),
      key: url.split("#")[0].split("/").filter(Boolean).at(-1)?.replace(/\.html$/, "") ?? "essay",
      language: document.querySelector(".vr-essay")?.getAttribute("lang") ?? "en",
      exact: quoting.plain(choice.quoted.exact),
    };
  }

  /** Shows what to copy, in a window of its own. @param {string} title @param {Node[]} inside */
  function show(title, ...inside) {
    const close = make("button", { type: "button", textContent: "Close" });
    const dialog = make("dialog", { className: "vr-window" }, make("h2", { textContent: title }),
      ...inside, close);
    const before = document.activeElement;
    dialog.setAttribute("aria-label", title);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    });
    (document.querySelector(".vr-article") ?? document.body).append(dialog);
    dialog.showModal();
  }

  /** @param {string} label @returns {{area: HTMLTextAreaElement, copy: HTMLButtonElement}} */
  function copyable(label) {
    const area = make("textarea", { readOnly: true, rows: 9, spellcheck: false });
    area.setAttribute("aria-label", label);
    const copy = make("button", { type: "button", textContent: "Copy" });
    copy.addEventListener("click", async () => {
      copy.textContent = await tools.copy(area.value) ? "Copied" : "Selected: copy it with your keys";
      if (copy.textContent !== "Copied") area.select();
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    });
    return { area, copy };
  }

  /** @param {Choice} choice */
  function cite(choice) {
    const data = cited(choice);
    const forms = { Plain: quoting.asPlain, BibTeX: quoting.asBibtex, "CSL-JSON": quoting.asCsl };
    const { area, copy } = copyable("Citation");
    const choices = make("div", { className: "vr-choices" });
    for (const [name, write] of Object.entries(forms)) {
      const button = make("button", { type: "button", textContent: name });
      button.addEventListener("click", () => {
        area.value = write(data);
        for (const one of choices.children) one.setAttribute("aria-pressed", String(one === button));
      });
      choices.append(button);
    }
    show("Cite", choices, area, copy);
    /** @type {HTMLElement} */ (choices.firstElementChild).click();
  }

  /** @param {Choice} choice */
  function propose(choice) {
    const exact = quoting.plain(choice.quoted.exact);
    const selector = quoting.select(choice.quoted, choice.inside);
    const kind = make("select", {}, ...KINDS.map((one) => new Option(one)));
    const body = make("textarea", { rows: 4 });
    const { area, copy } = copyable("For notes.yml");
    const form = all(".vr-colophon [data-form]", "data-form")[0];
    const link = make("a", { textContent: "Send it as an issue", target: "_blank", rel: "noopener" });
    const write = () => {
      const note = { id: quoting.name(exact), kind: kind.value, selector, body: body.value,
        date: new Date().toISOString().slice(0, 10) };
      area.value = quoting.asYaml(note);
      if (!form) return;
      const to = new URL(form);
      const filled = { title: `Note on “${exact.slice(0, 60)}”`, essay: address(choice), kind: kind.value,
        selector: JSON.stringify(selector, null, 2), note: body.value };
      Object.entries(filled).forEach(([key, value]) => to.searchParams.set(key, value));
      link.href = to.href;
    };
    kind.addEventListener("change", write);
    body.addEventListener("input", write);
    write();
    show("Propose a note", make("blockquote", { textContent: exact }),
      make("label", {}, "Kind ", kind), make("label", {}, "What it says", body), area, copy,
      ...(form ? [link] : []));
  }

  /** @param {string} paragraph @returns {Promise<void>} */
  async function tell(paragraph) {
    const list = make("ol", { className: "vr-changes" });
    try {
      const known = await (await fetch("history.json")).json();
      for (const { date, subject, commit } of known[paragraph] ?? []) {
        const when = make("time", { dateTime: date, textContent: date.slice(0, 10) });
        list.append(make("li", {}, when, ` ${subject} `, make("code", { textContent: commit.slice(0, 7) })));
      }
    } catch { /* said below */ }
    show("Last changed, and why", list.childElementCount ? list
      : make("p", { textContent: "Nothing is known of its changes here." }));
  }

  return { make, all, cite, propose, tell };
})();
