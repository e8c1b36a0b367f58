// @ts-check
/** Words of a page as others may find and cite them: pure functions over texts. */
var quoting = (() => {
  "use strict";

  /**
   * Words somebody chose, and the text around them. A line feed stands between two blocks; the
   * number of a note that stands behind a word is between "\uE000" and "\uE001".
   * @typedef {{before: string, exact: string, after: string}} Chosen
   *
   * How a note finds its place, as in notes.yml.
   * @typedef {{exact: string, prefix?: string, suffix?: string, paragraph?: string}} Selector
   *
   * What there is to cite: `url` leads to the words, `date` and `seen` are of the form 2026-11-23.
   * @typedef {{title: string, authors: string[], date: string, site: string, url: string,
   *   key: string, language: string, seen: string, exact: string}} Cited
   */

  const CONTEXT = 4; // words
  const ENOUGH = 5; // words that need no context as long as they stand once
  const LONG = 250; // characters; what is longer is named by its ends
  const NUMBER = /\uE000[^\uE001]*\uE001/g;

  /** @param {string} text @returns {string} in one line, without the numbers of notes */
  const plain = (text) => text.replace(NUMBER, "").replace(/\s+/g, " ");

  /** @param {Chosen} chosen @returns {Chosen} widened to whole words, without blanks at its ends */
  function whole({ before, exact, after }) {
    const lead = exact.match(/^\s*/)?.[0] ?? "";
    const trail = exact.trim() ? exact.match(/\s*$/)?.[0] ?? "" : "";
    const words = exact.slice(lead.length, exact.length - trail.length);
    const head = lead || !/^[\p{L}\p{N}]/u.test(words) ? "" : before.match(/[\p{L}\p{N}’'-]*$/u)?.[0] ?? "";
    const tail = trail || !/[\p{L}\p{N}]$/u.test(words) ? "" : after.match(/^[\p{L}\p{N}’'-]*/u)?.[0] ?? "";
    return {
      before: before.slice(0, before.length - head.length) + lead,
      exact: head + words + tail,
      after: trail + after.slice(tail.length),
    };
  }

  /** @param {string} text @param {string} words @returns {number} how often they stand there */
  function count(text, words) {
    let found = 0;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found += 1;
    return found;
  }

  /**
   * The shortest context in which the words stand only once; some even so when they are few.
   * @param {Chosen} chosen @param {string} [paragraph] @returns {Selector}
   */
  function select(chosen, paragraph) {
    const [before, exact, after] = [chosen.before, chosen.exact, chosen.after].map(plain);
    const text = before + exact + after;
    const left = before.split(/(?<=\s)(?=\S)/);
    const right = after.split(/(?<=\S)(?=\s)/);
    const few = exact.split(" ").length < ENOUGH;
    let [prefix, suffix] = ["", ""];
    for (let more = few ? CONTEXT : 0; ; more += CONTEXT) {
      prefix = more ? left.slice(-more).join("") : "";
      suffix = more ? right.slice(0, more).join("") : "";
      const everything = more > left.length + right.length;
      if (everything || count(text, prefix + exact + suffix) === 1) break;
    }
    return {
      exact,
      ...(prefix.trim() && { prefix: prefix.trimStart() }),
      ...(suffix.trim() && { suffix: suffix.trimEnd() }),
      ...(paragraph && { paragraph }),
    };
  }

  /** @param {string} words @returns {string} as a part of a text fragment */
  const encode = (words) =>
    encodeURIComponent(words.replace(/[\uE000\uE001]/g, "")).replaceAll("-", "%2D");

  /** Words up to a note's number, which browsers take for a part of the word before it.
   * @param {string[]} words @returns {string} */
  function upToNumber(words) {
    const numbered = words.findIndex((word) => word.includes("\uE000"));
    return words.slice(0, numbered < 0 ? CONTEXT : Math.min(CONTEXT, numbered) || 1).join(" ");
  }

  /** @param {string[]} words @returns {string} their last ones, after any note's number */
  function sinceNumber(words) {
    const numbered = words.findLastIndex((word) => word.includes("\uE000"));
    return words.slice(Math.max(-CONTEXT, Math.min(numbered + 1 - words.length, -1))).join(" ");
  }

  /**
   * The directive `:~:text=` that leads a browser to the words.
   * https://wicg.github.io/scroll-to-text-fragment/
   * @param {Chosen} chosen @returns {string} without the sign "#"
   */
  function fragment(chosen) {
    const number = chosen.after.match(/^\uE000[^\uE001]*\uE001/)?.[0] ?? "";
    const exact = chosen.exact + number;
    const left = (chosen.before.split("\n").at(-1) ?? "").trim().split(/\s+/).filter(Boolean);
    const right = chosen.after.slice(number.length).split("\n")[0].trim().split(/\s+/).filter(Boolean);
    const blocks = exact.split("\n").map((block) => block.trim()).filter(Boolean);
    const ends = blocks.length > 1 || exact.length > LONG || exact.slice(0, -1).includes("\uE000");
    const first = blocks[0]?.split(" ") ?? [];
    const last = blocks.at(-1)?.split(" ") ?? [];
    const [start, end] = ends && first.length + last.length > CONTEXT
      ? [upToNumber(first), sinceNumber(last)] : [exact, ""];
    const text = plain(chosen.before + exact + chosen.after);
    const lone = exact.split(/\s/).length >= ENOUGH && count(text, plain(start)) === 1
      && (!end || count(plain(exact), plain(end)) === 1);
    const parts = [start, end].filter(Boolean).map(encode);
    if (!lone && left.length) parts.unshift(`${encode(sinceNumber(left))}-`);
    if (!lone && right.length) parts.push(`-${encode(upToNumber(right))}`);
    return `:~:text=${parts.join(",")}`;
  }

  /** @param {string} words @returns {string} */
  const bare = (words) => words.replace(/[\\{}&%$#_~^]/g, (sign) =>
    ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" }[sign] ?? `\\${sign}`));

  /** @param {Cited} cited @returns {string} for biblatex, and for BibTeX's newer styles */
  function asBibtex({ title, authors, date, site, url, key, language, seen, exact }) {
    const fields = {
      author: authors.map((name) => `{${bare(name)}}`).join(" and "),
      title: `{${bare(title)}}`, date, year: date.slice(0, 4), organization: bare(site),
      url, urldate: seen, langid: language, annotation: `“${bare(exact)}”`,
    };
    const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
    return `@online{${key}${date.slice(0, 4)},\n${lines.join(",\n")}\n}\n`;
  }

  /** @param {Cited} cited @returns {string} */
  function asCsl({ title, authors, date, site, url, key, language, seen, exact }) {
    const parts = (/** @type {string} */ day) => ({ "date-parts": [day.split("-").map(Number)] });
    return JSON.stringify([{
      id: `${key}${date.slice(0, 4)}`, type: "webpage", title,
      author: authors.map((literal) => ({ literal })), "container-title": site,
      issued: parts(date), accessed: parts(seen), URL: url, language, note: `“${exact}”`,
    }], null, 2);
  }

  /** @param {Cited} cited @returns {string} */
  function asPlain({ title, authors, date, site, url, language, exact }) {
    const inner = (/** @type {string} */ words) => words.replaceAll("“", "‘").replaceAll("”", "’");
    const day = date && new Date(`${date}T12:00Z`)
      .toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
    const parts = [authors.join(", "), `“${inner(title)},” ${site}`, day, url].filter(Boolean);
    return `“${inner(exact)}” (${parts.join(", ")})`;
  }

  /**
   * A note for notes.yml. Strings in JSON are strings in YAML.
   * @param {{id: string, kind: string, selector: Selector, body: string, date: string}} note
   */
  function asYaml({ id, kind, selector, body, date }) {
    const place = Object.entries(selector).map(([key, value]) =>
      `    ${key}: ${key === "paragraph" ? value : JSON.stringify(value)}`);
    const lines = (body.trim() || "What there is to say, in Markdown.").split("\n");
    return [`- id: ${id}`, `  kind: ${kind}`, "  selector:", ...place, "  body: |",
      ...lines.map((line) => `    ${line}`.trimEnd()), "  author: Your Name", `  date: ${date}`, ""].join("\n");
  }

  /** @param {string} exact @returns {string} a short name for a note about it */
  function name(exact) {
    const words = exact.normalize("NFD").toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
    return words.filter((word) => word.length > 3).slice(0, 3).join("-").slice(0, 64) || "note";
  }

  /**
   * The line of an essay's Markdown in which the words begin.
   * @param {string} markdown @param {string} paragraph its id @param {string} exact
   * @returns {number | undefined} counted from 1
   */
  function line(markdown, paragraph, exact) {
    const lines = markdown.split(/\r?\n/);
    const named = lines.findIndex((one) =>
      (one.match(/\{[^{}]*\}\s*$/)?.[0] ?? "").split(/[\s{}]/).includes(`#${paragraph}`));
    if (named < 0) return undefined;
    const start = lines.slice(0, named).findLastIndex((one) => !one.trim()) + 1;
    const block = lines.slice(start, named + 1);
    const words = exact.split(/\s+/).slice(0, 3);
    for (; words.length; words.pop()) {
      const found = block.findIndex((one) => one.includes(words.join(" ")));
      if (found >= 0) return start + found + 1;
    }
    return start + 1;
  }

  return { plain, whole, select, fragment, asBibtex, asCsl, asPlain, asYaml, name, line };
})();
