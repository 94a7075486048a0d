"""Problems with files and with the text itself, before it says anything about an estimate (E00xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from estimative.places.source import Span

SPLIT = "E0029"
"""The code of an error that is needless where another speaks of the comma itself."""


def no_such_file(span: Span, name: str) -> Problem:
    """A name that was mistyped is better said than taken for an empty estimate."""
    return Problem(
        "E0001", span, f"there is no file or folder `{name}`", "check the name and the folder you are in"
    )


def not_a_plain_file(span: Span, name: str, kind: str) -> Problem:
    """A link or a device could lead out of the folder, or never end; a folder is no record."""
    return Problem(
        "E0002",
        span,
        f"`{name}` is a {kind}, where a plain file is expected",
        "put the file itself there",
    )


def folder_without_estimate(span: Span, name: str) -> Problem:
    """An estimate in a folder is all of the YAML files that lie directly in it."""
    return Problem(
        "E0003",
        span,
        f"no file in `{name}` ends in .yaml or .yml",
        "`estimative new FILE` writes a first estimate",
    )


def file_too_large(span: Span, limit: int) -> Problem:
    """A limit keeps every file readable at once, by people too."""
    return Problem(
        "E0004",
        span,
        f"this file has more than {limit:,} bytes",
        "divide the estimate over several files in one folder",
    )


def cannot_be_read(span: Span, name: str, reason: str) -> Problem:
    """Without the text nothing can be said about it."""
    return Problem("E0005", span, f"`{name}` cannot be read: {reason}")


def not_utf8(span: Span, found: str) -> Problem:
    """One encoding for all means that every letter is the one that was typed."""
    return Problem("E0006", span, f"this file is not in UTF-8: {found}", "save it as UTF-8")


def character_refused(span: Span, name: str) -> Problem:
    """A control character cannot be seen, and what cannot be seen cannot be checked."""
    return Problem("E0007", span, f"the character {name} cannot stand in an estimate", "take it out")


def empty_text(span: Span) -> Problem:
    """A file with nothing in it is more likely lost than meant."""
    return Problem(
        "E0008",
        span,
        "there is nothing in this file but blank lines and comments",
        "`estimative new FILE` writes a first estimate; a record begins with `record:` and its id",
    )


def not_yaml(span: Span, reason: str) -> Problem:
    """The text must be YAML before it can be an estimate."""
    return Problem("E0009", span, f"this is not YAML: {reason}")


def tab_as_indentation(span: Span) -> Problem:
    """A tab is as wide as each editor likes, so YAML does not count it as indentation."""
    return Problem("E0010", span, "this line is indented with a tab", "indent with spaces")


def too_deep(span: Span, limit: int) -> Problem:
    """No estimate needs so many levels, and a hostile file can use them to stop a program."""
    return Problem(
        "E0011", span, f"this stands more than {limit} levels deep", "an estimate needs fewer than ten"
    )


def too_many_parts(span: Span, limit: int) -> Problem:
    """A limit keeps a hostile file from filling the memory."""
    return Problem(
        "E0012", span, f"there are more than {limit:,} keys and values up to here", "divide the estimate"
    )


def anchor(span: Span) -> Problem:
    """With anchors one text stands in several places, and a citation no longer says which is meant."""
    return Problem(
        "E0013",
        span,
        f"`{span.text}` is a YAML anchor, and an estimate has none",
        "write it out where it is needed, or put the text in quotes",
    )


def alias(span: Span) -> Problem:
    """An alias copies text from elsewhere; a few of them can grow into more than any memory holds."""
    return Problem(
        "E0014",
        span,
        f"`{span.text}` is a YAML alias, and an estimate has none",
        "write it out, or put the text in quotes",
    )


def tag(span: Span) -> Problem:
    """A tag tells a loader to make something other than text; here every value is text."""
    return Problem(
        "E0015",
        span,
        f"`{span.text}` is a YAML tag, and an estimate has none",
        "take it out, or put the text in quotes",
    )


def merge_key(span: Span) -> Problem:
    """A merge key copies other keys in silence, and a small file can copy without end."""
    return Problem("E0016", span, "`<<` is a YAML merge key, and an estimate has none", "write the keys out")


def second_document(span: Span) -> Problem:
    """What stands after a second `---` would be passed over in silence."""
    return Problem(
        "E0017",
        span,
        "a second YAML document starts here, and an estimate is one",
        "take out the `---`, or use one file for each part",
    )


def directive(span: Span) -> Problem:
    """A directive changes how all that follows is read."""
    return Problem(
        "E0018",
        span,
        "this file starts with a YAML directive (`%`), and an estimate has none",
        "take the line out",
    )


def duplicate_key(span: Span, key: str, first: Span) -> Problem:
    """Most programs keep the last of two equal keys in silence, so one judgement would be lost."""
    return Problem(
        "E0019",
        span,
        f"`{key}` stands here twice",
        "keep one, or give the second another name",
        ((first, "the first one"),),
    )


def key_too_long(span: Span, length: int, limit: int) -> Problem:
    """A name of this length is a sentence; it belongs under `says`."""
    return Problem(
        "E0020",
        span,
        f"this key has {length} characters; at most {limit} are allowed",
        "give it a short name, and put the sentence under `says`",
    )


def key_is_not_text(span: Span) -> Problem:
    """A key is a name, and a name is a piece of text."""
    return Problem(
        "E0021",
        span,
        "a list or a mapping stands here as a key",
        "put text that starts with `[`, `{` or `?` in quotes",
    )


def quote_never_closed(span: Span) -> Problem:
    """Everything after an open quotation mark would be taken for part of the text."""
    return Problem(
        "E0022", span, "this quotation mark is never closed", "close it, or write the text without it"
    )


def unknown_escape(span: Span) -> Problem:
    """In double quotes a backslash starts an escape, and this is not one."""
    return Problem(
        "E0023",
        span,
        f"`{span.text}` means nothing in double quotes",
        "use single quotes, in which a backslash is a backslash",
    )


def colon_in_text(span: Span) -> Problem:
    """A colon and a space divide a key from its value, also in the middle of a sentence."""
    return Problem(
        "E0024",
        span,
        "this colon stands in the middle of a value, where YAML expects none",
        "put the whole value in quotes, or start a new line for a new key",
    )


def line_without_colon(span: Span) -> Problem:
    """A line among keys needs a colon and a space after its key."""
    return Problem(
        "E0025",
        span,
        "this line has no `:` after its key",
        "write `key: value`, or indent the line if it continues the one above",
    )


def bracket_never_closed(span: Span, lost: Span) -> Problem:
    """Everything after an open bracket would be taken for part of the list."""
    return Problem(
        "E0026",
        span,
        f"this `{span.text}` is not closed",
        "close it, and put a comma between its parts",
        ((lost, "up to here"),),
    )


def character_starts_nothing(span: Span, character: str) -> Problem:
    """A few characters mean something to YAML when a value starts with them."""
    return Problem("E0027", span, f"a value cannot start with `{character}`", "put the value in quotes")


def does_not_line_up(span: Span) -> Problem:
    """In YAML the indentation says what belongs to what."""
    return Problem(
        "E0028",
        span,
        "this does not fit the lines above it",
        "indent it like its neighbours; text with a quotation mark inside goes in quotes as a whole",
    )


def split_by_comma(span: Span) -> Problem:
    """In `[..]` and `{..}` a comma ends a value, also inside round brackets or after a quotation mark."""
    return Problem(
        "E0029",
        span,
        "a comma divides this value, because it stands inside `[..]` or `{..}`",
        "put the whole value in single quotes, or give it a line of its own",
    )


def hidden_character(span: Span, name: str) -> Problem:
    """What cannot be seen can make a text look like another; it is kept, and shown by its number."""
    return Problem(
        "W0030",
        span,
        f"here is a character that cannot be seen: {name}",
        "take it out if you did not mean it",
    )


def too_many_files(span: Span, count: int, limit: int) -> Problem:
    """A folder of so many files is not one estimate."""
    return Problem(
        "E0031",
        span,
        f"this folder has {count} YAML files; at most {limit} are read as one estimate",
        "put each estimate in a folder of its own",
    )
