"""References are printed as a reader looks them up, and nothing in them runs."""

from __future__ import annotations

import pytest

from variorum.citations import cite
from variorum.essay import Reference

ARTICLE = {
    "type": "article-journal", "title": "A “Fine” Title & More",
    "author": [{"family": "Doe", "given": "Jane"}, {"literal": "A Committee"}],
    "container-title": "A Journal", "issued": "1998-03", "volume": 24, "issue": 4,
    "page": "343-373", "DOI": "10.1000/182",
}
CASES = {
    "an article": (ARTICLE, (
        "Doe, J. and A Committee (1998) “A ‘Fine’ Title &amp; More”, <i>A Journal</i>, 24(4), "
        'pp. 343–373. Available at: <a href="https://doi.org/10.1000/182">'
        "https://doi.org/10.1000/182</a>.")),
    "a book": (
        {"type": "book", "title": "A Book", "author": [{"family": "Roe", "given": "R."}],
         "issued": 2001, "publisher": "A Press", "publisher-place": "New York"},
        "Roe, R. (2001) <i>A Book</i>. New York: A Press."),
    "nobody's": (
        {"type": "article-magazine", "title": "A Piece", "container-title": "A Weekly",
         "issued": "1996-09-09"},
        "A Weekly (1996) “A Piece”, <i>A Weekly</i>, 9 September."),
    "a publisher's": (
        {"type": "report", "title": "A Report", "publisher": "An Office", "issued": 1990},
        "An Office (1990) <i>A Report</i>."),
    "a statute": (
        {"type": "legislation", "title": "An Act of <1991> & More", "issued": 1991,
         "URL": "https://example.org/"},
        "<i>An Act of &lt;1991&gt; &amp; More</i> (1991). Available at: "
        '<a href="https://example.org/">https://example.org/</a>.'),
    "a standard": (
        {"type": "standard", "title": "On “Quotes”", "issued": "1990-03-02"},
        "“On ‘Quotes’” (1990)."),
}


@pytest.mark.parametrize(("fields", "cited"), CASES.values(), ids=CASES)
def test_a_reference_is_printed_in_full(fields: dict[str, object], cited: str) -> None:
    assert cite(Reference.model_validate(fields)) == cited


@pytest.mark.parametrize("key", ["title", "container-title", "DOI", "URL"])
def test_nothing_in_a_reference_runs(key: str) -> None:
    hostile = '"><script>alert(1)</script>'
    cited = cite(Reference.model_validate({**ARTICLE, key: hostile}))
    assert "<script" not in cited
    assert '"><' not in cited.replace('/182"><', "")
