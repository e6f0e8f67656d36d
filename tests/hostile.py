"""Content by somebody who wants to break the pages: every payload in every field that takes it.

Fields are found in the shapes that content is checked by, so a new one is attacked as soon as it is declared.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from daybook.places import place_of
from daybook.report import Report

# Whatever runs sets window.pwned, which the browser looks for.
MARKUP = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</title></head><body onload=window.pwned=1>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1><use href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "<a href=javascript:window.pwned=1>x</a>",
    '" onmouseover="window.pwned=1" autofocus onfocus="window.pwned=1" x="',
    "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1' x='",
    "`onmouseover=window.pwned=1",
    "x style=display:none onclick=window.pwned=1",
    "<style>body{display:none}</style>",
    "</style><link rel=stylesheet href=//evil.example/x.css>",
    "red;background:url(javascript:window.pwned=1)",
    "<base href=//evil.example/><form action=//evil.example><input type=submit>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<!--><script>window.pwned=1</script>-->",
    "--><script>window.pwned=1</script><!--",
    "<![CDATA[<script>window.pwned=1</script>]]>",
    "]]><script>window.pwned=1</script>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&amp;lt;script&amp;gt;window.pwned=1&amp;lt;/script&amp;gt;",
    "&#x3C;script&#x3E;window.pwned=1&#60;/script&#62;",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e",
    '"};window.pwned=1;//{"',
    "\\'-window.pwned=1//",
)
TEMPLATES = (
    "{{7*7}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% raw %}{{ frame }}",
    "{% include '/etc/passwd' %}",
    "{# comment",
    "${7*7} #{7*7} <%= 7*7 %> %(x)s {0} %s",
)
TEX = (
    r"$\href{javascript:window.pwned=1}{x}$",
    r"\href{javascript:window.pwned=1}{x} \url{javascript:window.pwned=1}",
    r"\href{https://example.org/\"onclick=window.pwned=1}{x}",
    r"$\text{<img src=x onerror=window.pwned=1>}$",
    r"$x</annotation></semantics></math><script>window.pwned=1</script>$",
    r"$\class{x\" onclick=\"window.pwned=1}{y} \style{color:red}{y} \cssId{content}{y}$",
    r"$\html{<script>window.pwned=1</script>} \htmlData{a=1}{x} \includegraphics{//evil.example/x.png}$",
    r"$\def\x{\x\x}\x$ $\newcommand{\y}{\y\y}\y$ \input{/etc/passwd}",
    "$" + "{" * 200 + "}" * 200 + "$",
    "$\\sqrt{" * 40 + "x" + "}$" * 40,
    r"$$\begin{matrix} & & \\ <b> & </td></tr></table>$$",
    r"\textcolor{red\" onclick=\"window.pwned=1}{x} $\color{red;background:url(//evil.example)}x$",
    r"\'{<}script\'{>} \&lt;b\&gt; \textbf{<b>} \emph{\textit{<i>}}",
)
MARKDOWN = (
    "[x](javascript:window.pwned=1)",
    "[x](JaVaScRiPt:window.pwned=1) [x](&#106;avascript:window.pwned=1) [x](java%73cript:window.pwned=1)",
    "[x](data:text/html,<script>window.pwned=1</script>) [x](vbscript:x) [x](file:///etc/passwd)",
    "[x](//evil.example) [x](../../../etc/passwd) [x](?x) [x](https:javascript:window.pwned=1)",
    '[x](https://example.org/"onclick="window.pwned=1) [x](https://example.org "t\\" onclick=\\"window.pwned=1")',
    '![x](https://evil.example/x.png) ![x](javascript:window.pwned=1) ![" onerror="window.pwned=1](https://x.example)',
    '<javascript:window.pwned=1> <https://example.org/"onclick=window.pwned=1>',
    "[x]: javascript:window.pwned=1\n\n[x] [y][x]\n\n[x]: https://example.org \"' onclick='window.pwned=1\"",
    '```html" onclick="window.pwned=1\n</code></pre><script>window.pwned=1</script>\n```',
    "~~~\n</pre>\n\n<div>\n\n| <b> | x |\n|-|:-:|\n| `</td>` | [x](javascript:1) |",
    "# <h1 onclick=window.pwned=1> {#id onclick=window.pwned=1}\n\n<details open ontoggle=window.pwned=1>\n\n***",
    "> " * 100 + "x",
    "- " * 100 + "x",
    "*" * 500 + "x" + "_" * 500 + "[" * 500 + "](" * 500,
    "$$ [x](javascript:window.pwned=1) $$ `$x` $`",
)
CHARACTERS = (
    "\0nul",
    "bell\x07 escape\x1b[2J\x1b]0;title\x07",
    "del\x7f c1\x9b",
    "override \u202etxt.exe\u202c isolate \u2066x\u2069",
    "mark \u200f of direction and joiner \u200d\u200b and soft\u00adhyphen",
    "lines\u2028end\u2029here",
    "end\rand\r\nfeed\x0c",
    "\ufeffmark of byte order",
    "\ufffe\uffff noncharacters \U0001ffff",
    "zalgo " + "x\u0301\u0302\u0303\u0304" * 30,
    "full width ＜script＞window.pwned=1＜/script＞",
    "Ａ№™ﬁ İıſK",
    "x" * 5_000,
    "👩‍👩‍👧‍👦🏳️‍🌈 𝕏 𒐫 ﷽",
    "   ",
    "\n\n\n",
    "",
)
ADDRESSES = (
    "javascript:window.pwned=1",
    "JAVASCRIPT:window.pwned=1//https://example.org",
    " javascript:window.pwned=1",
    "java\tscript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:javascript:window.pwned=1",
    "https://",
    "https://user:secret@evil.example/",
    "https://example.org\\@evil.example",
    'https://example.org/"onclick="window.pwned=1',
    "https://example.org/'onclick='window.pwned=1'x='",
    "https://example.org/<script>window.pwned=1</script>",
    "https://example.org/%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "https://example.org/?q={{7*7}}&amp;x=`&y=$z$#'onclick=window.pwned=1",
    "https://example.org/$\\href{javascript:1}{x}$",
    "https://example.org:99999/",
    "https://[::1]/",
    "https://еxample.org/",
    "mailto:a@example.org?body=<script>",
    "mailto:a@example.org?subject='onclick='x&body=%0d%0aBcc:%20b@example.org",
)
NAMES = (
    "..",
    ".",
    "../../../../tmp/evil",
    "/etc/passwd",
    "..\\..\\evil",
    "C:\\evil",
    "con",
    "nul.txt",
    "index",
    "a/b",
    "a.b",
    "a b",
    "A",
    "é",
    "-a",
    "a--b",
    "a%2fb",
    "~root",
    "x" * 61,
    "2601.00001v2",
    "https://arxiv.org/abs/2601.00001",
    "hep-th/../../evil",
    "2601.00001/../../evil",
    "math.GT/0309136",
)
TEXTS = (*MARKUP, *TEMPLATES, *TEX, *MARKDOWN, *CHARACTERS)
PAYLOADS = (*TEXTS, *ADDRESSES, *NAMES)

Tree = dict[str, Any]
"""The values of files, by path from content/."""
Trail = tuple[str | int, ...]

SETTINGS: dict[str, Any] = {
    "title": "Title", "tagline": "Tagline", "base_url": "https://example.org/base", "language": "en",
    "repository": "https://example.org/repository", "branch": "main", "editor": "Editor", "home_days": 3,
    "licences": {"notes": "Notes", "metadata": "Metadata", "counts": "Counts"},
    "subscribe": "mailto:list@example.org",
}  # fmt: skip


def family(number: int) -> Tree:
    """A file of each kind but site.yaml, with every key that it may have, all speaking of each other."""
    day = date(2026, 1, 1) + timedelta(days=number)
    paper, picked, wrong = f"2601.{number + 1:05}", f"2512.{number + 1:05}", f"2511.{number + 1:05}"
    slug = f"p{number}"
    return {
        f"curators/{slug}.yaml": {
            "name": "Name", "url": "https://example.org", "affiliation": "Affiliation", "bio": "Bio",
            "github": f"login-{slug}",
        },
        f"topics/{slug}.yaml": {
            "title": "Topic", "description": "Description", "parent": "top",
            "match": {"any": ["phrase"], "all": ["phrase"], "none": ["never"], "categories": ["cs.LG"]},
            "owners": [slug],
        },
        f"notes/{paper}.{slug}.yaml": {
            "paper": paper, "by": slug, "date": "2026-12-01", "topics": [slug], "verdict": "must-read",
            "summary": "Summary", "note": "Note", "saw_version": 1, "interests": "none", "assistance": "none",
            "links": [{"title": "Link", "url": "https://example.org"}], "licence": "Licence",
        },
        f"notes/{picked}.{slug}.yaml": {
            "paper": picked, "by": slug, "date": "2026-12-01", "topics": [slug], "verdict": "caution",
            "summary": "Summary", "note": "Note", "interests": "none", "assistance": "none",
            "retracted": {"date": "2026-12-02", "reason": "Reason"},
        },
        f"days/{day}.yaml": {"by": slug, "introduction": "Introduction", "lead": [paper]},
        f"lists/{slug}.yaml": {
            "title": "List", "by": slug, "introduction": "Introduction",
            "papers": [{"paper": paper, "remark": "Remark"}, {"paper": picked}],
        },
        f"listings/2026/{day:%m}/{day}.huggingface.json": {
            "source": "huggingface", "date": f"{day}", "read": f"{day}", "complete": True,
            "entries": [_entry(paper, slug)], "dropped": [{"what": "What", "reason": "Reason"}],
        },
        f"picks/{picked}.json": {"source": "arxiv", "read": f"{day}", **_entry(picked, slug)},
        f"picks/{wrong}.json": {"source": "arxiv", "read": f"{day}", **_entry(wrong, slug)},
        f"overrides/{wrong}.yaml": {
            "paper": wrong, "by": slug, "date": "2026-12-01", "reason": "Reason", "source": "https://example.org",
            "correct": {
                "title": "Right", "authors": ["Right"], "published": "2025-11-30", "abstract": "Right",
                "categories": ["cs.LG"], "organisation": {"slug": slug, "name": "Right"},
                "code": "https://example.org/right", "project": "https://example.org/right",
                "discussion": "https://example.org/right",
            },
            "remove": ["summary"],
        },
    }  # fmt: skip


def _entry(paper: str, slug: str) -> dict[str, Any]:
    return {
        "paper": {
            "id": paper, "title": "Paper", "authors": ["Author"], "published": "2025-12-01", "abstract": "Abstract",
            "categories": ["Category"], "version": 2,
        },
        "votes": 1, "comments": 2, "stars": 3, "organisation": {"slug": slug, "name": "Organisation"},
        "submitter": "Submitter", "code": "https://example.org", "project": "https://example.org",
        "discussion": "https://example.org", "keywords": ["Keyword"], "summary": {"text": "Text", "model": "Model"},
    }  # fmt: skip


def texts_of(value: Any, trail: Trail = ()) -> Iterator[Trail]:
    """The way to every text in a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in members:
        yield from texts_of(inner, (*trail, step))
    if isinstance(value, str):
        yield trail


def put(value: Any, trail: Trail, text: str) -> Any:
    """A copy of the value with another text at a place."""
    copied = inside = copy.deepcopy(value)
    for step in trail[:-1]:
        inside = inside[step]
    inside[trail[-1]] = text
    return copied


def takes(path: str, value: Any) -> bool:
    """Whether a file with this value has no mistake in itself, and names nothing that is not declared."""
    placed = place_of(path)
    assert placed is not None, path
    report = Report()
    placed[0].shape.gather(value, report)
    declared = {"top", *(f"p{number}" for number in range(len(PAYLOADS)))}
    return not report.count and all(m.target == "paper" or m.name in declared for m in report.mentions)


def armed(path: str, value: Any, payload: str) -> tuple[Any, Any | None]:
    """The file with the payload wherever it is taken, and with it wherever it is refused (None if it is nowhere)."""
    taken, refused = value, None
    for trail in texts_of(value):
        if takes(path, put(value, trail, payload)):
            taken = put(taken, trail, payload)
        else:
            refused = put(refused or value, trail, payload)
    return taken, refused


def hostile_site() -> Tree:
    """All payloads, each in a family of its own wherever it is taken, and many of them in the settings."""
    tree: Tree = {"topics/top.yaml": {"title": "Top", "description": "Above all others."}}
    for number, payload in enumerate(PAYLOADS):
        for path, value in family(number).items():
            tree[path] = armed(path, value, payload)[0]
    tree["provenance.json"] = provenance()
    tree["site.yaml"] = SETTINGS
    # They stand on every page, so only what is short is in them.
    for trail in texts_of(SETTINGS):
        for text in (" ".join((*MARKUP, *TEMPLATES)), *ADDRESSES):
            if takes("site.yaml", put(SETTINGS, trail, text)):
                tree["site.yaml"] = put(tree["site.yaml"], trail, text)
                break
    return tree


def provenance() -> dict[str, Any]:
    """A history in which everybody who is called like a payload added a note and changed it, where that is taken."""
    files: list[dict[str, Any]] = []
    for number, payload in enumerate(PAYLOADS):
        path = f"notes/2601.{number + 1:05}.p{number}.yaml"
        touch = {"by": payload, "date": "2026-12-01"}
        known = {"path": path, "people": [payload], "added": touch, "changed": {**touch, "date": "2026-12-02"}}
        taken = takes("provenance.json", {"cut_off": True, "files": [known]})
        files.append(known if taken else {"path": path})
    return {"cut_off": True, "files": files}


def refused_trees() -> Iterator[tuple[str, Tree, set[str]]]:
    """For each payload: content with it in every field that refuses it, and the files that must have a problem."""
    whole: Tree = {"topics/top.yaml": {"title": "Top", "description": "Above all others."}, **family(0)}
    whole["site.yaml"] = SETTINGS
    for payload in PAYLOADS:
        tree, wrong = dict(whole), set()
        for path, value in whole.items():
            refused = armed(path, value, payload)[1]
            if refused is not None:
                tree[path] = refused
                wrong.add(f"content/{path}")
        yield payload, tree, wrong


def lay_out(tree: Tree, content: Path) -> Path:
    """Write the files. YAML takes JSON for a block in flow style."""
    for path, value in tree.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return content
