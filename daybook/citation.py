"""What citation tools read in the head of a paper's page: Highwire tags and JSON-LD."""

from __future__ import annotations

from daybook.model import Paper


def highwire_tags(paper: Paper) -> tuple[tuple[str, str], ...]:
    """(name, content) of the meta elements that Google Scholar and Zotero read, in order.

    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing ; without DC.type, Zotero takes a preprint for a
    journal article; of the identifiers it reads the DOI alone.
    """
    return (
        ("citation_title", paper.title),
        *(("citation_author", name) for name in paper.authors),
        ("citation_publication_date", paper.published.isoformat().replace("-", "/")),
        ("citation_arxiv_id", paper.id.text),
        ("citation_doi", paper.id.doi),
        ("citation_abstract_html_url", paper.id.abstract_url),
        ("citation_pdf_url", paper.id.pdf_url),
        ("DC.type", "preprint"),
    )


def json_ld(paper: Paper) -> dict[str, object]:
    """The paper as a https://schema.org/ScholarlyArticle, without what the page or its tags have besides."""
    return {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": paper.title,
        "author": [{"@type": "Person", "name": name} for name in paper.authors],
        "datePublished": paper.published.isoformat(),
        "identifier": f"arXiv:{paper.id}",
        "url": paper.id.abstract_url,
    }
