"""Names of files that hold on every disk and every host, and mean nothing to any of them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Bytes of a name; 255 is the most that disks take, and a version's name is added to some."""
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_HIDDEN = (".nojekyll", ".well-known")
"""Names with a dot ahead that a site may have."""
_HOSTS = frozenset({"_headers", "_redirects", "_routes.json", "_worker.js", "cname", "web.config"})
_RUN = re.compile(r"\.(php\d?|phtml|phar|cgi|pl|py|rb|sh|shtml|asp|aspx|jsp)$", re.IGNORECASE)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def fault_of_name(name: str, *, foreign: bool) -> str:
    """What is wrong with the name of a file or folder, or nothing.

    A ``foreign`` site may not hold what a web server or a host would obey or run either.
    """
    if any(unicodedata.category(sign) in _INVISIBLE for sign in name):
        return "has a sign that nobody sees"
    if _FORBIDDEN.search(name) or name != name.strip() or name.endswith("."):
        return "cannot be written on every disk"
    if _DEVICES.fullmatch(name):
        return "is a device on Windows"
    if len(name.encode()) > LONGEST:
        return "is too long"
    if unicodedata.normalize("NFC", name) != name:
        return "is written with loose accents (not in Unicode’s form NFC)"
    if name.startswith(".") and name not in _HIDDEN:
        return "is hidden"
    if foreign and (name.lower() in _HOSTS or _RUN.search(name)):
        return "is an instruction to the server"
    return ""
