"""The theme's style sheet loses what no page shows, and nothing that one does."""

from __future__ import annotations

import re
from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest
from page_site import ESSAY, PAGES, Reader

from variorum.site import prune

PAGE = '<p class="a b">1</p><p class=\'c\'>2</p><p class=d>3</p><script>x.className = "e"</script>'
SHEET = next(Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.css"))
MATCHED = """sheets => {
  const rules = (list) => [...list].flatMap((rule) => rule.cssRules?.length && !rule.selectorText
    ? rules(rule.cssRules) : [rule.selectorText ?? ""]);
  const known = new Set([...document.styleSheets].flatMap(({cssRules}) => rules(cssRules))
    .flatMap((selectors) => selectors.split(", ")));
  const whole = new CSSStyleSheet();
  whole.replaceSync(sheets);
  return rules(whole.cssRules).flatMap((selectors) => selectors.split(", "))
    .filter((selector) => selector && !known.has(selector)
      && document.querySelector(selector.replace(/::?(before|after|[a-z-]*marker)$/, "")));
}"""


def pruned(sheet: str, script: str = "", other: str = "") -> str:
    return prune({"it": sheet}, [PAGE], [script], [other])["it"]


@pytest.mark.parametrize(("sheet", "kept"), [
    ("p{top:0}", "p{top:0}"),
    (".a{top:0}.z{top:1}", ".a{top:0}"),
    (".a .z,.b>.c,.z{top:0}", ".b>.c{top:0}"),
    (".d{top:0}.e{top:1}", ".d{top:0}.e{top:1}"),
    (".a:not(.z):is(.y,.x){top:0}", ".a:not(.z):is(.y,.x){top:0}"),
    ("[href$='.z, .y']{top:0}", "[href$='.z, .y']{top:0}"),
    (r".a\:b{top:0}", ""),
    ("@media print{.a{top:0}.z{top:1}}@media (x:1){.z{top:0}}", "@media print{.a{top:0}}"),
    ("@keyframes z{to{top:0}}", "@keyframes z{to{top:0}}"),
    ('@charset "UTF-8";p{top:0}', '@charset "UTF-8";p{top:0}'),
    ("p{content:'.z{;}';background:url(data:a;b)}", "p{content:'.z{;}';background:url(data:a;b)}"),
    ("p{--x:1;--y:2;top:var(--x)}", "p{--x:1;top:var(--x)}"),
    ("p{--x:1}.z{top:var(--x)}", "p{}"),
    ("/* .z { */p{top:0}", "p{top:0}"),
    ("", ""),
])
def test_a_rule_stays_if_a_page_may_show_it(sheet: str, kept: str) -> None:
    assert pruned(sheet) == kept


def test_what_scripts_and_other_sheets_know_of_stays() -> None:
    assert pruned(".z{top:0}", script='add("md-y z")') == ".z{top:0}"
    assert pruned("p{--x:1}", other="a{top:var(--x)}") == "p{--x:1}"
    assert pruned("p{--x:1}", script='get("--x")') == "p{--x:1}"


def test_the_theme_s_whole_sheet_is_read_and_written_as_it_was() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text("utf-8"), flags=re.S).strip()
    known = sheet.replace("\\", "") + sheet
    assert pruned(sheet, script=known) == sheet.replace(";}", "}")


@pytest.mark.browser
@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_what_was_taken_out(reader: Reader, address: str) -> None:
    assert reader.open(address).evaluate(MATCHED, SHEET.read_text("utf-8")) == []


@pytest.mark.browser
def test_search_shows_nothing_that_was_taken_out(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("friend")
    page.locator(".md-search-result__link[href*='#']").first.wait_for()
    assert page.evaluate(MATCHED, SHEET.read_text("utf-8")) == []
