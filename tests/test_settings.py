"""A publication's options, in ``mkdocs.yml`` or ``pyproject.toml``, and what is said of slips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from variorum.checks.rule import Settings
from variorum.editions import find_project, parse_options, read_settings
from variorum.errors import InputError, SettingsError


def write(folder: Path, **files: str) -> Path:
    names = {"mkdocs": "mkdocs.yml", "project": "pyproject.toml"}
    for key, text in files.items():
        (folder / names[key]).write_text(text, "utf-8")
    return folder


def test_the_same_options_can_be_in_either_file(tmp_path: Path) -> None:
    in_yaml, in_toml = tmp_path / "a", tmp_path / "b"
    in_yaml.mkdir()
    in_toml.mkdir()
    write(in_yaml, mkdocs="site_name: A\nplugins:\n  - search\n  - variorum:\n      picky: true\n"
          "      style: false\n      language: en-GB\n      disable: {E_G: we like it}\n")
    write(in_toml, mkdocs="site_name: A\nplugins: [variorum]\n", project="[tool.variorum]\n"
          'picky = true\nstyle = false\nlanguage = "en-GB"\ndisable = {E_G = "we like it"}\n')
    expected = Settings(picky=True, style=False, language="en-GB", disabled={"E_G": "we like it"})
    for root, name in ((in_yaml, "mkdocs.yml"), (in_toml, "pyproject.toml")):
        assert read_settings(root) == replace(expected, path=(root / name).as_posix())


def test_both_are_one_too_many(tmp_path: Path) -> None:
    write(tmp_path, mkdocs="site_name: A\nplugins:\n  - variorum: {picky: true}\n",
          project="[tool.variorum]\npicky = false\n")
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)
    assert "pyproject.toml (tool.variorum)" in str(caught.value)
    assert "mkdocs.yml" in str(caught.value)


def test_a_project_without_mkdocs_has_settings_and_words_too(tmp_path: Path) -> None:
    write(tmp_path, project="[tool.variorum]\npicky = true\n")
    (tmp_path / "words.txt").write_text("Baym\n", "utf-8")
    (tmp_path / "texts").mkdir()
    root = find_project(tmp_path / "texts")
    assert root == tmp_path
    settings = read_settings(root)
    assert settings.words == {"Baym"}
    assert settings.picky


# The files, and what the message says: file, line and key, then the way out.
SLIPS: dict[str, tuple[dict[str, str], str, str]] = {
    "an unknown key": (
        {"mkdocs": "site_name: A\nplugins:\n  - variorum:\n      piky: true\n"},
        "mkdocs.yml:4 (plugins.variorum.piky): there is no such option", "did you mean `picky`?"),
    "plugins as a mapping": (
        {"mkdocs": "plugins:\n  variorum:\n    picky: true\n    styl: true\n"},
        "mkdocs.yml:4 (plugins.variorum.styl)", "did you mean `style`?"),
    "nothing near": (
        {"mkdocs": "plugins:\n  - variorum: {xyzzy: 1}\n"},
        "mkdocs.yml:2 (plugins.variorum.xyzzy)", "use language, picky, style, disable"),
    "another kind of value": (
        {"mkdocs": "plugins:\n  - variorum:\n      picky: sometimes\n"},
        "mkdocs.yml:3 (plugins.variorum.picky)", "write `true` or `false`"),
    "no reason": (
        {"mkdocs": "plugins:\n  - variorum:\n      disable:\n        E_G:\n"},
        "mkdocs.yml:4 (plugins.variorum.disable.E_G)", "with the reason"),
    "a list of rules": (
        {"mkdocs": "plugins:\n  - variorum:\n      disable: [E_G]\n"},
        "mkdocs.yml:3 (plugins.variorum.disable)", "with the reason"),
    "beside a tag": (
        {"mkdocs": "x: !!python/name:a.b\nplugins:\n  - variorum:\n      piky: true\n"},
        "mkdocs.yml:4 (plugins.variorum.piky)", "`picky`"),
    "not options at all": (
        {"mkdocs": "plugins:\n  - variorum: yes please\n"},
        "mkdocs.yml:2 (plugins.variorum)", "as `key: value`"),
    "an unknown key in TOML": (
        {"mkdocs": "site_name: A\n", "project": "[project]\nname = 'a'\n\n[tool.variorum]\n"
         "picky = true\nlangage = 'en-GB'\n"},
        "pyproject.toml:6 (tool.variorum.langage)", "did you mean `language`?"),
    "no reason in TOML": (
        {"mkdocs": "site_name: A\n",
         "project": "[tool.variorum.disable]\nA_NNS = 'so'\nE_G = ''\n"},
        "pyproject.toml:3 (tool.variorum.disable.E_G)", "with the reason"),
    "a slip in one line of TOML": (
        {"mkdocs": "site_name: A\n",
         "project": "[tool.variorum]\npicky = true\ndisable = { E_G = 1 }\n"},
        "pyproject.toml:3 (tool.variorum.disable.E_G)", "with the reason"),
}


@pytest.mark.parametrize(("files", "place", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line_and_the_way_out(
    files: dict[str, str], place: str, hint: str, tmp_path: Path
) -> None:
    write(tmp_path, **files)
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)
    assert f"{tmp_path.as_posix()}/{place}" in str(caught.value)
    assert hint in str(caught.value)


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, mkdocs="site_name: A\n", project="[tool.variorum]\npicky = \n")
    with pytest.raises(InputError, match=r"pyproject.toml: not valid TOML: .*line 2"):
        read_settings(tmp_path)


def test_options_that_stand_in_no_file_are_checked_all_the_same() -> None:
    with pytest.raises(SettingsError, match="did you mean `picky`"):
        parse_options({"piky": True}, "nowhere.yml")
