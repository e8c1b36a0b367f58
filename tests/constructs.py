"""One construct of the dialect each, in its usual and its odd forms."""

from __future__ import annotations

CONSTRUCTS = {
    "heading": "# One *two* three #\n\nSetext\n======\n",
    "attribute list": 'Text here.\n{ #p4 from="s3" }\n\n## Head { #h .c }\n\nA *b*{: .x } c.\n',
    "lists": "- one\n- two\n    - three\n\n        four\n\n1. five\n2. six\n\n   seven\n",
    "quotes": "> one\n> > two\nlazy\n\n> - item\n",
    "emphasis": "in*ter*nal **bo**ld snake_case_word *a **b** c* ***d***\n",
    "links": '[ one](a "t") [two][r] [r] <http://x.y/z> <a@b.c> ![alt *x*](i.png)\n\n[r]: /u "t"\n',
    "footnotes": "A[^1] b[^long].\n\n[^1]: First *note*.\n[^long]:\n    Second\n\n    para.\n",
    "definitions": "Term\n:   One *two*\n\n    more\n\nOther\n:   Three\n",
    "table": "| a *b* | c |\n|---|---|\n| d `|` e | — |\n| [f](g) | 1 |\n",
    "admonition": (
        '!!! note\n    Body *one*.\n\n!!! tip "Title *x*"\n    - two\n\n??? info "T"\n    b\n'
    ),
    "tabs": '=== "A"\n    one\n\n=== "B *c*"\n    two\n',
    "abbreviations": "The HTML and the *HTML*.\n\n*[HTML]: Hyper Text\n",
    "code": 'A `b <c> &amp; *d*` e ``f`g``.\n\n```python\nx = "<1>" # &amp;\n```\n\n    y = 2\n',
    "mathematics": "A $x_1 * y$ b \\(z\\).\n\n$$\na * b\n$$\n",
    "entities": "a &amp; b &copy; &#8212; &#x22; AT&T &unknown; \\* \\& \\\\ c\n",
    "html": "<div>raw <b>x</b> &lt;</div>\n\nA <kbd>K</kbd> <!-- no --> b<br>c\n\n<!-- none -->\n",
    "markdown in html": '<div markdown="1">\nOne *two*\n\n- three\n</div>\n',
    "breaks": "one  \ntwo\nthree<br>four\\\nfive\n",
    "windows": "One *two*\r\nthree\r\n\r\n- four\r\n- five\r\n",
    "front matter": "---\ntitle: x\n---\n\nOne *two*.\n",
    "unicode": "👩\u200d🚀 é *مرحبا* a\xa0b \u2028 \U000f0000 𝔸*x*\n",
    "tabs and blanks": "-\tone\n-\ttwo\n\n\tcode\n\na\tb\n",
    "attribute lists in place": "A `c`{: .x } [l](a){: #i } ![p](q){ .y } **b**{ lang=fr } d.\n",
    "attribute lists of headings and cells": (
        "# One { .x }\n\n| a {: .y } | b |\n|---|---|\n| c | d |\n"
    ),
    "nested lists of all kinds": (
        "1. a\n    - b\n\n        > c *d*\n\n    - e\n2. f\n* g\n\n    1. h\n"
    ),
    "a list that a paragraph runs into": "As here:\n- not a list\n- in this dialect\n",
    "lazy lines": "> one\ntwo *three*\nfour\n\n- five\nsix `x`\nseven\n",
    "fences in fences": "````markdown\n```python\nx = 1\n```\n````\n\nAfter *it*.\n",
    "fences in lists and admonitions": (
        "- a\n\n    ```python\n    x = 1\n    ```\n\n!!! note\n    ~~~\n    y\n    ~~~\n    z\n"
    ),
    "fences with options": '``` { .python hl_lines="1" }\nx\n```\n\n```\nno language\n```\n',
    "admonitions inside each other": (
        '!!! note inline\n    One\n\n    !!! tip ""\n        Two *t*\n\n    ???+ info\n'
        "        Three\n"
    ),
    "details and tabs": (
        '??? note "A *t*"\n    === "X"\n        One\n\n    ===+ "Y"\n        - two\n\n'
        "    three\n"
    ),
    "footnotes everywhere": (
        "# H[^1]\n\n- i[^2]\n\n| a[^1] | b |\n|---|---|\n| c | d[^2] |\n\n[^1]: One\n"
        "[^2]: Two\n    - three\n"
    ),
    "footnotes in footnotes": "A[^1].\n\n[^1]: B[^2].\n[^2]: C `d`.\n\nE.\n",
    "definitions of several": "One\nTwo\n:   A\n\n:   B\n\n    C *d*\n\nThree\n: E\n",
    "tables without edges": "a | b *c*\n:---|---:\nd \\| e | `f|g`\n | h\n",
    "abbreviations in markup": (
        "# HTML\n\nThe *HTML* [HTML](x) `HTML` HTMLs **(HTML)**.\n\n*[HTML]: Hyper\n"
    ),
    "references": (
        "[One two][] and [three][ Four\n] and ![five][six] [no].\n\n[one two]: /a\n"
        '[four]: <b c> \'T\'\n[six]: d\n    "T"\n'
    ),
    "comments": "A <!-- b\nc --> d.\n\n<!--\ne\n\nf\n-->\n\ng<!-- h -->i\n",
    "languages": 'A *mot*{ lang=fr } <i lang="la">verbum</i> b.\n\n<p lang="de">Wort</p>\n',
    "html in every form": (
        "<p>a <em>b</em></p>\n<hr/>\n\n<table><tr><td>c</td><td>d</td></tr></table>\n\n"
        'e <sup>2</sup><img src="x" alt="f"/> <q>g</q>\n'
    ),
    "markdown in html in html": (
        '<section markdown="block">\n## One\n\n<p markdown="span">*two*</p>\n\n'
        '<figure markdown="1">\n![x](y)\n<figcaption markdown="1">*Three*</figcaption>\n'
        "</figure>\n</section>\n"
    ),
    "mathematics in every form": (
        "$a$ $$b$$ \\(c\\) \\$5 and $6 and $7.\n\n\\[\nd\n\\]\n\n\\begin{x}\ne\n\\end{x}\n"
    ),
    "breaks in every place": (
        "- one  \ntwo\n\n> three  \n> four\n\n| a<br>b | c |\n|---|---|\n| d<br/>e | f |\n"
    ),
    "line ends mixed": "One\r\n*two*\rthree\n\r\n> four\r\n> five\r\n\r\n!!! note\r\n    six\r\n",
    "windows front matter": "---\r\ntitle: x\r\n---\r\n# One\r\n\r\nTwo\r\n",
    "right to left": (
        "# عنوان *مهم*\n\nقال `x` شيئًا[^1] مع \u202bنص\u202c.\n\n[^1]: שלום **עולם**\n"
    ),
    "nothing seen": "a\u200bb\u2060c\xadd \ufeff e\x85f\n",
    "broken characters": "a\x00b \ud800 *c\udfff* \ufffe\uffff d\n",
    "details": "<details>\n<summary>Sum *x*</summary>\nBody\n</details>\n",
}
