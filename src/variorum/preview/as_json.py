"""A preview for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from variorum.preview.values import Preview


def write_json(preview: Preview) -> str:
    """``preview.json``: the value itself, its version first."""
    essays = [asdict(essay) | {"notes_after": essay.notes_after, "statuses": essay.statuses}
              for essay in preview.essays]
    value = {"version": 1} | asdict(preview) | {"essays": essays}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
