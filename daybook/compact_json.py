"""JSON as the site publishes it: without blanks, letters as they are. https://www.rfc-editor.org/rfc/rfc8259"""

from __future__ import annotations

import json

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
