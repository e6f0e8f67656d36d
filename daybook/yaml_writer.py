"""Writes YAML that `yaml_text` reads as the same values: for files that answers to forms become, and for the forms."""

from __future__ import annotations

from collections.abc import Mapping

import yaml


class _Dumper(yaml.SafeDumper):
    """Blocks indented below their keys, no aliases, texts of several lines as they are."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Where a text cannot stand as it is, PyYAML puts it in quotes, with escapes for what is not visible."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def dump(values: Mapping[str, object]) -> str:
    """The text of a file with these keys, in this order: str, int, bool, date, and lists and mappings of them."""
    return yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
