"""The files in .github/ that content decides over: the issue forms, and who is asked to review what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daybook.forms import Form, Question, forms
from daybook.model import Curator, Topic
from daybook.yaml_writer import dump

CODEOWNERS = ".github/CODEOWNERS"
_MADE = "Written by `python build.py forms`: change what it is made of, and run that again."


def host_files(topics: Iterable[Topic], curators: Iterable[Curator]) -> dict[str, str]:
    """The text of each file by its path from the root of the repository."""
    topics = tuple(topics)
    made = {form.path: f"# {_MADE}\n{dump(_form(form))}" for form in forms(topics)}
    return {**made, CODEOWNERS: "".join(f"{line}\n" for line in _owners(topics, tuple(curators)))}


def _form(form: Form) -> dict[str, object]:
    """https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms"""
    return {
        "name": form.name,
        "description": form.description,
        "title": form.title,
        "body": [_element(question) for question in form.questions],
    }


def _element(question: Question) -> dict[str, object]:
    attributes: dict[str, object] = {"label": question.label, "description": question.help}
    texts = [text for _, text in question.choices]
    if question.kind == "checkboxes":
        attributes["options"] = [{"label": text} for text in texts]
        return {"type": question.kind, "id": question.id, "attributes": attributes}
    if texts:
        attributes["options"] = texts
    needed = {"required": question.required}
    return {"type": question.kind, "id": question.id, "attributes": attributes, "validations": needed}


def _owners(topics: tuple[Topic, ...], curators: tuple[Curator, ...]) -> Iterator[str]:
    """Whoever owns a topic reviews changes of its file; whoever signs, changes of what is signed.

    https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    """
    logins = {curator.handle: f"@{curator.github}" for curator in curators if curator.github}
    yield f"# {_MADE}"
    yield "# Owners of topics (`owners` in content/topics/) and curators, where they state their `github` login."
    for topic in topics:
        owners = [logins[handle] for handle in topic.owners if handle in logins]
        if owners:
            yield f"/content/topics/{topic.slug}.yaml {' '.join(owners)}"
    for handle, login in sorted(logins.items()):
        yield f"/content/curators/{handle}.yaml {login}"
        yield f"/content/notes/*.{handle}.yaml {login}"
