// @ts-check
/** What every page does: dark or light, search, contents that follow. A plain script, in the head. */
var page = (() => {
  "use strict";

  const root = document.documentElement;
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const saved = remember("vr-theme");
  if (saved) root.dataset.theme = saved;

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

  /** Opens the search; the script that searches is fetched the first time, while somebody types. */
  async function search() {
    const find = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
    const words = document.querySelector(/** @type {"input"} */ (".md-search__input"));
    const waiting = /** @type {HTMLTemplateElement | null} */ (document.getElementById("vr-search"));
    root.classList.remove("no-js");
    if (find && !find.checked) find.click();
    words?.focus();
    if (!waiting) return;
    waiting.remove();
    const results = document.querySelector(".md-search-result__list");
    const unfold = () => results?.querySelectorAll("details").forEach((more) => { more.open = true; });
    if (results) new MutationObserver(unfold).observe(results, { childList: true });
    // Material would lead back to where somebody searched from, away from what was found there.
    new MutationObserver(() => document.body.style.removeProperty("top"))
      .observe(document.body, { attributeFilter: ["data-md-scrolllock"] });
    await new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = waiting.content.querySelector("script")?.src ?? "";
      script.addEventListener("load", resolve);
      document.body.append(script);
    });
    document.dispatchEvent(new Event("DOMContentLoaded")); // which that script waits for
    words?.dispatchEvent(new Event("keyup")); // what was typed before it came
  }

  /** On disk no server turns a folder's address into that of its page. */
  function leadFoldersToPages() {
    if (location.protocol !== "file:") return;
    for (const link of document.links) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }

  /** Lets the site be read offline from now on, if it is a finished one: its addresses tell. */
  function keepForLater() {
    if (location.protocol === "file:" || !new URL(own).search) return;
    navigator.serviceWorker?.register(new URL("../sw.js", own)).catch(() => {}); // may be blocked
  }

  /** A table that scrolls sideways is reached by keys; not every browser sees to that. */
  function letTablesScroll() {
    for (const table of document.querySelectorAll(/** @type {"table"} */ (".vr-article table:not([class])"))) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    }
  }

  /** Marks in the contents the section that is being read. */
  function followContents() {
    const contents = document.querySelector(".vr-contents");
    const links = [...contents?.querySelectorAll("a") ?? []];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length) return;
    let waiting = false;
    let marked = -1;
    const mark = () => {
      waiting = false;
      const current = headings.findLastIndex((h) => h && h.getBoundingClientRect().top < innerHeight / 3);
      if (!contents || current === marked) return;
      links[marked]?.removeAttribute("aria-current");
      links[current]?.setAttribute("aria-current", "true");
      contents.scrollTop = (links[current]?.offsetTop ?? 0) - contents.clientHeight / 2; // long ones
      marked = current;
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    }, { passive: true });
    mark();
  }

  document.addEventListener("DOMContentLoaded", () => {
    addTools();
    leadFoldersToPages();
    letTablesScroll();
    followContents();
  }, { once: true });
  addEventListener("load", keepForLater);

  return { remember };
})();
