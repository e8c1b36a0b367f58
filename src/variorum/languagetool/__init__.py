"""The only room that talks to LanguageTool.

lock        which jars the engine consists of
install     fetches, verifies and prepares them, once
server      the warm server that this user's processes share
client      asks one server
results     answers kept on disk
grammar     puts these together: texts in, matches out
"""

from variorum.languagetool.control import (
    EngineStatus,
    engine_status,
    start_ahead,
    start_engine,
    stop_engine,
)
from variorum.languagetool.folders import Folders, folders_in, user_folders
from variorum.languagetool.grammar import Grammar
from variorum.languagetool.install import install
from variorum.languagetool.match import Match
from variorum.languagetool.progress import Progress, Silent, Told

__all__ = [
    "EngineStatus",
    "Folders",
    "Grammar",
    "Match",
    "Progress",
    "Silent",
    "Told",
    "engine_status",
    "folders_in",
    "install",
    "start_ahead",
    "start_engine",
    "stop_engine",
    "user_folders",
]
