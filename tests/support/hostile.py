"""Hostile and odd files, each with the codes of its problems; none for an estimate without any.

The numbers are those of a list of hostile inputs that was drawn up before the language was built; several
files stand under one number.
"""

from __future__ import annotations

HEADER = """estimate: tiny
title: A tiny estimate
as-of: 2020-01-01
horizon: 5 years
step: quarter
standard: icd-203
"""
GOOD = HEADER + "conditions:\n  x: {says: It happens, becomes: {some-day: likely}}\n"
DATA = "year,mm\n" + "".join(f"{year},{50 + year % 7}\n" for year in range(2005, 2019))


def titled(title: str) -> str:
    """A good estimate with a title written in this way."""
    return GOOD.replace("title: A tiny estimate", f"title: {title}")


def rule(likelihood: str) -> str:
    """An estimate with one rule of this likelihood."""
    return HEADER + f"conditions:\n  x: {{says: It happens, becomes: {{some-day: {likelihood}}}}}\n"


def conditions(text: str) -> str:
    """An estimate with these conditions."""
    return HEADER + "conditions:\n" + text


def data(name: str) -> str:
    """An estimate with a trend of this file."""
    return HEADER + f"trends:\n  rain: {{says: Rain, data: {name}}}\n"


def merges() -> str:
    """Twenty-two levels of merge keys, each twice the one before."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 23)]
    return "\n".join(lines)


def laughs() -> str:
    """Nine levels of aliases, each ten times the one before."""
    lines = ["a: &a [lol]"]
    for name, below in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]")
    return "\n".join(lines)


def chain(length: int) -> str:
    """Conditions each defined by the next."""
    links = "".join(f"  c-{n}: {{is: c-{n + 1}}}\n" for n in range(length))
    return conditions(f"{links}  c-{length}: {{starts: yes}}\n")


FILES: dict[str, tuple[str | bytes, set[str]]] = {
    "1 merge keys that double": (merges(), {"E0013", "E0014", "E0016"}),
    "2 aliases that multiply": (laughs(), {"E0013", "E0014"}),
    "3 an alias inside itself": ("a: &a [*a]", {"E0013", "E0014"}),
    "4 thirty thousand open brackets": ("[" * 30_000, {"E0011"}),
    "4 fifty thousand open braces": ("{a: " * 50_000, {"E0011"}),
    "5 a deep list of dashes": ("- " * 1_100 + "x", {"E0011"}),
    "5 a deep list of lines": ("".join(f"{' ' * n}-\n" for n in range(1_100)), {"E0011"}),
    "6 two hundred thousand keys": ("".join(f"k{n}:\n" for n in range(130_000))[: 1 << 20], {"E0012"}),
    "7 a tag that calls": (titled("!!python/object/apply:os.system [echo]"), {"E0015"}),
    "7 a tag that imports": (titled("!!python/name:os.system"), {"E0015"}),
    "8 binary": (titled("!!binary aGVsbG8="), {"E0015"}),
    "8 a set": (titled("!!set {a, b}"), {"E0015"}),
    "8 a timestamp": (titled("!!timestamp 2001-12-14"), {"E0015"}),
    "8 a tag of one's own": (titled("!x y"), {"E0015"}),
    "8 a tag without a name": (titled("! y"), {"E0015"}),
    "9 a duplicate key": (rule("{likelihood: likely, likelihood: unlikely}"), {"E0019"}),
    "10 a duplicate id in two sections": (
        GOOD + "scales:\n  x: {levels: [low, high], starts: low}\n",
        {"E0106"},
    ),
    "10 an id with ß": (conditions("  straße: {starts: yes}\n"), {"E0105"}),
    "10 an id in capitals": (conditions("  STRASSE: {starts: yes}\n"), {"E0101"}),
    "10 an id with a dotless i": (conditions("  d\u0131: {starts: yes}\n"), {"E0105"}),
    "11 NO, on and 12:30 are text": (
        GOOD.replace("It happens", "NO").replace("A tiny estimate", "12:30").replace("some-day", "on"),
        set(),
    ),
    "12 a number in exponents": (rule("1e-3"), {"E0204"}),
    "12 a number without a nought": (rule(".5"), {"E0204"}),
    "12 a number with an underscore": (rule("1_000"), {"E0204"}),
    "12 a hexadecimal number": (rule("0x1F"), {"E0209"}),
    "12 an octal number": (rule("017"), {"E0204"}),
    "12 a wide digit": (rule("\uff11"), {"E0209"}),
    "12 an Arabic digit": (rule("\u0663%"), {"E0209"}),
    "12 an Arabic digit in a date": (GOOD.replace("2020-01-01", "202\u0660"), {"E0213"}),
    "13 not a number": (rule(".nan"), {"E0209"}),
    "13 infinity": (rule(".inf"), {"E0209"}),
    "13 minus nought": (rule("-0.0"), {"E0204"}),
    "13 a number beyond all": (rule("1e400"), {"E0204"}),
    "13 five thousand digits": (rule("9" * 5_000), {"E0204"}),
    "14 more than one": (rule("1.2"), {"E0204"}),
    "14 less than nought": (rule("-0.1"), {"E0204"}),
    "14 a percentage without its sign": (rule("70"), {"E0204"}),
    "14 a percentage": (rule("70%"), set()),
    "14 a letter for a digit": (rule("7O%"), {"E0209"}),
    "15 strong rules together": (
        conditions("  x: {becomes: {a: 100%, b: 99%, c: 98%}, says: It happens}\n"),
        set(),
    ),
    "16 a condition defined by itself": (conditions("  x: {is: x}\n"), {"E0120"}),
    "16 feedback through time": (
        conditions(
            "  x: {becomes: {y: {likelihood: likely, when: y}}}\n  y: {starts: yes, ends: {x: {likelihood: likely, when: x}}}\n"
        ),
        set(),
    ),
    "17 a cause that is not there": (
        GOOD + "  y: {becomes: {because: {likelihood: likely, when: xx}}}\n",
        {"E0110"},
    ),
    "18 a gate of none": (GOOD + "  y: {is: at least 0 of (x)}\n", {"E0243"}),
    "18 a gate of too many": (GOOD + "  y: {is: at least 2 of (x)}\n", {"E0243"}),
    "18 an empty gate": (GOOD + "  y: {is: at least 1 of ()}\n", {"E0242"}),
    "18 a gate of a fraction": (GOOD + "  y: {is: at least 1.5 of (x)}\n", {"E0243"}),
    "19 a level that is not there": (
        HEADER + "scales:\n  s: {levels: [o, a], starts: o, settles: {levels: {b: likely}}}\n",
        {"E0114"},
    ),
    "21 no horizon": (GOOD.replace("5 years", "0 years"), {"E0218"}),
    "21 a horizon backwards": (GOOD.replace("5 years", "-1 years"), {"E0217"}),
    "21 a horizon of a billion": (GOOD.replace("5 years", "1000000000 years"), {"E0217"}),
    "21 a horizon of a million": (GOOD.replace("5 years", "999999 years"), {"E0219"}),
    "23 an end before its start": (rule("{likelihood: likely, between: [2023, 2022]}"), {"E0220"}),
    "23 30 February": (rule("{likelihood: likely, by: 2026-02-30}"), {"E0216"}),
    "23 an hour": (rule("{likelihood: likely, by: 2022-01-01T25:00}"), {"E0213"}),
    "24 a byte order mark": ("\ufeff" + GOOD, set()),
    "24 UTF-16": (GOOD.encode("utf-16"), {"E0006"}),
    "24 UTF-16 without its mark": (GOOD.encode("utf-16-le"), {"E0006"}),
    "24 UTF-32": (GOOD.encode("utf-32"), {"E0006"}),
    "24 Latin-1": (titled("Café").encode("latin-1"), {"E0006"}),
    "24 bytes that are no letters": (GOOD.encode() + b"\xff\xfe\xfa", {"E0006"}),
    "24 an overlong slash": (GOOD.encode() + b"# \xc0\xaf\n", {"E0006"}),
    "24 a zero byte": (titled("a\0b"), {"E0007"}),
    "24 a zero byte by an escape": (titled('"a\\0b"'), {"E0007"}),
    "24 half of a pair": (GOOD.encode() + b"# \xed\xa0\x80\n", {"E0006"}),
    "24 half of a pair by an escape": (titled('"\\ud800"'), {"E0023"}),
    "25 a tab as indentation": (GOOD.replace("  x:", "\tx:"), {"E0010"}),
    "26 carriage returns only": (GOOD.replace("\n", "\r"), set()),
    "26 line ends of all kinds": (GOOD.replace("\n", "\r\n", 3), set()),
    "27 a turned id": (GOOD.replace("  x:", "  x\u202e:"), {"E0104"}),
    "27 an unseen blank in an id": (GOOD.replace("  x:", "  x\u200b:"), {"E0104"}),
    "27 turned prose": (titled("A \u202etiny estimate"), {"W0030"}),
    "28 a Cyrillic letter in an id": (GOOD.replace("  x:", "  \u0445:"), {"E0105"}),
    "28 a Cyrillic letter in a key": (rule("{likelih\u043e\u043ed: likely}"), {"E0050"}),
    "29 a line of a megabyte": (titled("a" * 1_000_000), set()),
    "29 a comment of a megabyte": (GOOD + "#" * 1_000_000, set()),
    "29 a key of a megabyte": (GOOD + "k" * 1_000_000 + ": x\n", {"E0025"}),
    "29 a quoted key of a megabyte": (GOOD + '"' + "k" * 1_000_000 + '": x\n', {"E0025"}),
    "29 more than a megabyte": (GOOD + "#" * (1 << 20), {"E0004"}),
    "30 a key that includes": (GOOD + "include: ../../etc/passwd\n", {"E0050"}),
    "30 data from above": (data("../rain.csv"), {"E0402"}),
    "30 data from the root": (data("/etc/passwd"), {"E0402"}),
    "30 data from home": (data("~/rain.csv"), {"E0402"}),
    "30 data from another drive": (data("'C:\\rain.csv'"), {"E0402"}),
    "30 data from a share": (data("'\\\\host\\rain.csv'"), {"E0402"}),
    "30 data from an address": (data("'http://example.org/rain.csv'"), {"E0402"}),
    "30 data from a file address": (data("'file:///etc/passwd'"), {"E0402"}),
    "33 braces that other programs fill in": (titled("'{{7*7}} ${HOME} %s __class__'"), set()),
    "34 an expression that is a program": (
        GOOD + '  y: {is: \'__import__("os").system("x")\'}\n',
        {"E0241"},
    ),
    "34 an expression with a lambda": (GOOD + "  y: {is: 'lambda x'}\n", {"E0240"}),
    "35 a script in a note": (GOOD + "note: '</script><script>alert(1)</script><img onerror=x>'\n", set()),
    "36 a formula in a title": (titled("'=HYPERLINK(\"x\")'"), set()),
    "37 an escape in a title": (titled("\x1b[31mred"), {"E0007"}),
    "37 an escape by an escape": (titled('"\\e[31mred"'), {"E0007"}),
    "37 a carriage return by an escape": (titled('"good\\rbad"'), set()),
    "38 a hundred thousand pictures": (titled("\U0001f600" * 100_000), set()),
    "38 letters with a thousand marks": (titled("e" + "\u0301" * 1_000), set()),
    "39 two documents": (GOOD + "---\n" + GOOD, {"E0017"}),
    "39 an end and then more": (GOOD + "...\nestimate: other\n", {"E0017"}),
    "40 nothing": ("", {"E0008"}),
    "40 comments only": ("# later\n", {"E0008"}),
    "40 a document of nothing": ("---\n", {"E0008"}),
    "40 a word": ("estimate", {"E0054"}),
    "40 an empty mapping": ("{}", {"E0051"}),
    "43 two thousand conditions in a row": (chain(2_000), set()),
    "44 more causes than can be read": (
        conditions("  x: {starts: yes}\n  y:\n    is: " + " or ".join(["x"] * 20_000) + "\n"),
        {"E0244"},
    ),
    "45 a word that nobody knows": (rule("liekly"), {"E0201"}),
    "45 a word of another standard": (rule("realistic possibility"), {"E0202"}),
    "45 a denied word": (rule("not likely"), {"E0203"}),
    "45 a word of Kent's": (
        GOOD.replace("icd-203", "kent").replace(": likely", ": roughly even chance"),
        {"E0202"},
    ),
}
