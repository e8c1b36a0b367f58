"""A page asks for one style sheet and one script, which are those that it asked for, in a row."""

from __future__ import annotations

from variorum.site import Joiner

FILES = {
    "assets/theme/main.css": "a{background:url(../images/a.png)}/*# sourceMappingURL=m.map */",
    "assets/page.css": "b{src:url('fonts/b.woff2');mask:url(data:x);cursor:url(#c)}",
    "assets/one.js": "var one = 1;",
    "assets/two.js": "var two = one;",
}
HEAD = """<link rel="stylesheet" href="{0}assets/theme/main.css">
<script src="{0}assets/one.js"></script>
<script src="{0}assets/two.js" data-more="{0}assets/more.js"></script>
<link rel="stylesheet" href="{0}assets/page.css">
<script>inline</script>"""


def join(path: str, page: str) -> tuple[str, Joiner]:
    joiner = Joiner(FILES.get)
    return joiner.join(path, page), joiner


def named(joiner: Joiner, ending: str) -> str:
    [name] = [name for name in joiner.files if name.endswith(ending)]
    return name


def test_sheets_and_scripts_become_one_each() -> None:
    page, joiner = join("essays/one/index.html", HEAD.format("../../"))
    css, js = named(joiner, ".css"), named(joiner, ".js")
    assert page.split("\n") == [
        f'<link rel="stylesheet" href="../../{css}">',
        f'<script src="../../{js}" data-more="../../assets/more.js"></script>',
        "<script>inline</script>",
    ]
    assert joiner.unasked == set(FILES)
    assert joiner.files[js] == "var one = 1;\nvar two = one;"


def test_what_a_sheet_points_to_is_still_found() -> None:
    _, joiner = join("index.html", HEAD.format(""))
    sheet = joiner.files[named(joiner, ".css")]
    assert sheet == ('a{background:url("images/a.png")}\n'
                     'b{src:url("fonts/b.woff2");mask:url(data:x);cursor:url(#c)}')


def test_a_page_for_any_address_is_joined_from_the_root() -> None:
    page, joiner = join("404.html", HEAD.format("/some/folder/"))
    assert f'href="/some/folder/{named(joiner, ".css")}"' in page
    assert f'src="/some/folder/{named(joiner, ".js")}"' in page


def test_the_same_files_are_joined_once_for_all_pages() -> None:
    joiner = Joiner(FILES.get)
    for path, root in (("index.html", ""), ("a/index.html", "../"), ("404.html", "/")):
        joiner.join(path, HEAD.format(root))
    assert len(joiner.files) == 2


def test_what_another_page_asks_for_alone_is_still_asked_for() -> None:
    joiner = Joiner(FILES.get)
    joiner.join("index.html", HEAD.format(""))
    joiner.join("plain.html", '<script src="assets/one.js"></script>')
    assert joiner.unasked == set(FILES) - {"assets/one.js"}


def test_what_is_alone_elsewhere_or_stamped_is_left() -> None:
    for page in (
        '<link rel="stylesheet" href="assets/page.css">\n<script src="assets/one.js"></script>',
        '<script src="assets/one.js" defer></script><script src="assets/two.js" defer></script>',
        '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="assets/page.css">',
        '<script src="https://x.org/a.js"></script><script src="https://x.org/b.js"></script>',
        '<script src="assets/one.js?1"></script><script src="assets/two.js?2"></script>',
    ):
        assert join("index.html", page)[0] == page
