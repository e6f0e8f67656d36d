"""The rules that content/ is held to, each with the code that its problems carry.

A code never changes its meaning and is never used again for another rule.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One rule: its code, a title of a few words, and the rule as a sentence for the person who met it."""

    id: str
    title: str
    explanation: str


CODE_GROUPS = {
    "DB1": "Files and their names",
    "DB2": "How a file is written",
    "DB3": "The value of one key",
    "DB4": "What files say of each other",
}
"""What the codes that begin so are about."""

UNEXPECTED_FILE = Code(
    "DB101",
    "Unexpected file",
    "Each folder of content/ holds one kind of file with one form of name, and nothing else but README.md, the"
    " schemas and names that start with a dot.",
)
NOT_A_FILE = Code(
    "DB102",
    "Not a plain file",
    "Symbolic links and devices are refused in content/, so that a checkout reads the same on every machine.",
)
TOO_LARGE = Code("DB103", "File too large", "A YAML file has at most 1 MiB, a JSON file 16 MiB: more than any needs.")
NOT_UTF8 = Code("DB104", "Not UTF-8", "All files are UTF-8; the position is that of the first byte that is not.")
BYTE_ORDER_MARK = Code(
    "DB105", "Byte-order mark", "A file starts with its text, without the invisible mark that some editors put first."
)
FORBIDDEN_CHARACTER = Code(
    "DB106",
    "Forbidden character",
    "Control characters, characters that reverse the direction of text, and halves of surrogate pairs are refused,"
    " because what a reviewer sees would not be what the file says.",
)
TAB = Code("DB107", "Tab", "YAML does not allow tabs as indentation, and no other place needs one: write blanks.")
BAD_FILE_NAME = Code(
    "DB108",
    "Bad file name",
    "A file name becomes an address: slugs and handles are lower-case ASCII letters, digits and single hyphens, at"
    " most 60 of them and no name that Windows reserves; dates are written 2026-01-31.",
)
MORE_PROBLEMS = Code(
    "DB109", "More problems in this file", "Only the first hundred problems of a file are shown: mend these first."
)
NO_SETTINGS = Code("DB110", "No site.yaml", "content/site.yaml holds the settings of the site and must be there.")

NOT_YAML = Code("DB201", "Not YAML", "The file cannot be read as YAML; the position is where the reader gave up.")
ANCHOR = Code(
    "DB202",
    "Anchor or alias",
    "Text that starts with & or * outside quotes is an anchor or an alias: both are refused.",
)
TAG = Code("DB203", "Tag", "Text that starts with ! outside quotes is a tag: tags are refused.")
MERGE_KEY = Code("DB204", "Merge key", "The key << would merge another block into this one: it is refused.")
SECOND_DOCUMENT = Code("DB205", "Several documents", "A file is one document: a line --- may stand only at its start.")
TOO_DEEP = Code("DB206", "Nested too deep", "No content needs more than a few levels: twenty are allowed.")
KEY_TWICE = Code("DB207", "Key twice", "A key stands once in its block; of two values one would be lost unseen.")
KEY_NOT_PLAIN = Code("DB208", "Key is not a word", "A key is one plain word, not a list or a block.")
EMPTY_FILE = Code("DB209", "Empty file", "A file holds at least its required keys; delete it if it is not wanted.")
NOT_JSON = Code("DB210", "Not JSON", "The file cannot be read as JSON. Such files are written by `fetch`, not by hand.")
CUT_BY_COMMENT = Code(
    "DB211",
    "Text cut by a comment",
    "Outside quotes, a blank and # begin a comment: what follows would be lost unseen. A comment may follow a single"
    " word, with a blank after its #.",
)

UNKNOWN_KEY = Code("DB301", "Unknown key", "Only the keys that are documented for the file may stand in it.")
MISSING_KEY = Code("DB302", "Missing key", "A required key is not there.")
WRONG_KIND = Code("DB303", "Wrong kind of value", "A key wants text, a number, a list or a block, and got another.")
NOT_QUOTED = Code(
    "DB304",
    "Text without quotes",
    "YAML reads the text as a number, a date, a truth value or nothing, and would change it (2503.02130 becomes"
    " 2503.0213): write it in quotes.",
)
NO_VALUE = Code("DB305", "No value", "A key that is there has a value; an optional key without one is left out.")
TOO_LONG = Code("DB306", "Text too long", "The text is longer than its place on the pages allows.")
SEVERAL_LINES = Code("DB307", "More than one line", "The text must be a single line.")
NOT_ONE_OF = Code("DB308", "Not one of the words", "The key takes one of a few words, and this is none of them.")
NOT_A_DATE = Code("DB309", "Not a date", "Dates are days that exist, written 2026-01-31, without a time.")
NOT_A_NUMBER = Code("DB310", "Not a number in range", "The key takes a whole number between stated limits.")
BAD_ADDRESS = Code(
    "DB311",
    "Bad address",
    "Addresses are complete, start with https:// or http://, name a host, and hold no blanks, quotes, backslashes,"
    " user names or passwords.",
)
NOT_A_PAPER_ID = Code("DB312", "Not an arXiv identifier", "Papers are named by arXiv identifier, as 2401.01234.")
NOT_CANONICAL = Code(
    "DB313",
    "Identifier not in canonical form",
    "A paper has one name: its arXiv identifier without version, prefix or address.",
)
BAD_SLUG = Code(
    "DB314",
    "Bad slug",
    "A slug becomes a file name: lower-case ASCII letters, digits and single hyphens, at most 60 of them, and no name"
    " that Windows reserves.",
)
WRONG_COUNT = Code("DB315", "Too few or too many", "The list must have at least, or at most, so many entries.")
LISTED_TWICE = Code("DB316", "Twice in a list", "Nothing stands twice in a list.")
BAD_PHRASE = Code(
    "DB317",
    "Bad phrase",
    "A phrase to look for holds at least one letter or digit; a * may stand only at its end.",
)
BAD_FORM = Code("DB318", "Wrong form", "The text must have the form that its documentation shows.")
NO_RULE = Code(
    "DB319",
    "Match without a rule",
    "A topic's `match` says what to look for: `any`, `all` or `categories` holds something; with `none` alone nearly"
    " every paper would match.",
)
BAD_QUERY = Code(
    "DB320",
    "Bad query",
    "A named query is one line in the language of the search page, understood in every part, that says which papers"
    " are meant and leaves their order alone.",
)
RAW_HTML = Code(
    "DB321",
    "HTML in Markdown",
    "Notes, introductions, descriptions and remarks are Markdown without HTML: a tag or a comment would be shown as it"
    " stands. Code between backticks may hold any.",
)

UNKNOWN_TOPIC = Code("DB401", "Unknown topic", "Topics are declared: each is a file in content/topics/.")
UNKNOWN_CURATOR = Code("DB402", "Unknown curator", "Whoever signs has a file in content/curators/.")
UNKNOWN_PAPER = Code(
    "DB403", "Unknown paper", "A paper that is written about stands in a listing or has a file in content/picks/."
)
TOPIC_CIRCLE = Code("DB404", "Topics in a circle", "No topic is its own parent, grandparent and so on.")
NAME_DISAGREES = Code(
    "DB405", "File name and content disagree", "What a file's name and folders say, its content says too."
)
LEAD_NOT_LISTED = Code("DB406", "Lead not listed that day", "A day leads with papers that were listed on that day.")
NO_SUCH_DAY = Code("DB407", "No listing for the day", "Only a day that has a listing can have an introduction.")
NOTE_TOO_EARLY = Code("DB408", "Note before its paper", "A note is not older than the paper that it is on.")
RETRACTED_TOO_EARLY = Code("DB409", "Taken back too early", "A note is taken back on its own date or later.")
TOPICS_TOO_DEEP = Code(
    "DB410",
    "Topics too deep",
    "A tree of topics has at most 8 levels: pages name all topics above one, and nobody reads more.",
)
UNDATED_COUNTS = Code(
    "DB411",
    "Counts without a day",
    "A pick that has votes, comments or stars says in `read` when they were read: pages show them with that day.",
)

CORRECTS_NOTHING = Code(
    "DB412",
    "Correction of nothing",
    "A correction says what is right, in `correct`, or what is not so, in `remove`: one of them holds something.",
)
CORRECTED_AND_REMOVED = Code(
    "DB413", "Corrected and removed", "A correction does not say what is right of a value that it takes away."
)
TWO_OF_A_LOGIN = Code(
    "DB414",
    "One login, two curators",
    "A login of GitHub stands in one file of content/curators/: an issue form is signed by whoever has it.",
)
CATEGORIES_MISSING = Code(
    "DB415",
    "arXiv without categories",
    "arXiv is asked by category: with `arxiv` among the `sources`, `arxiv_categories` names at least one.",
)

CODES: tuple[Code, ...] = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Code))
"""All rules, in the order of their codes."""
