"""The text of a new estimate: small, whole and commented, to be written over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.language.ids import suggestion
from estimative.language.tokens import RESERVED

if TYPE_CHECKING:
    from datetime import date

MODELINE = "# yaml-language-server: $schema={schema}"
"""Tells editors where the JSON Schema lies; `estimative schema` writes it."""

_TEXT = """\
{modeline}
# A first estimate. Write over it: every name below is yours to choose.
# `estimative check` finds what is wrong, `estimative run` says what follows.

estimate: {name}
title: {title}
as-of: {as_of}            # the futures start here
horizon: 3 years             # and run so far
step: quarter                # month, quarter or year
standard: icd-203            # whose words of likelihood: `estimative words` lists the standards

sources:
  press: {{title: A report that is cited below, date: {year}}}

actors:
  government:
    says: The government of the island
    interests:               # in order of importance: the order is what counts
      office: stay in office
      calm: avoid unrest

conditions:                  # what holds or does not hold
  drought:
    says: The harvest fails
    becomes:                 # rules by which it comes to hold, each with a name
      dry-spring:
        likelihood: unlikely # over the window below
        within: 1 year
        cites: press p.3 "a dry spring"
    ends:
      rain: {{likelihood: likely, within: 1 year}}

  unrest:
    says: There is unrest in the towns
    becomes:
      bread-prices:
        likelihood: likely
        within: 6 months
        when: drought
        restrained-by: relief is grain   # makes it less likely
      old-grievances: {{likelihood: very unlikely, within: 2 years}}
    ends:
      it-cools: {{likelihood: likely, within: 1 year, unless: drought}}

scales:                      # what stands at one of several levels
  support:
    says: How far the towns support the government
    levels: [low, middling, high]
    starts: middling
    norm: middling
    returns: {{likelihood: likely, within: 2 years, unless: unrest}}
    falls:
      anger: {{likelihood: likely, within: 1 year, when: unrest}}

choices:                     # what an actor decides, by its interests
  relief:
    says: What the government does about bread
    actor: government
    options: [nothing, grain]
    starts: nothing
    reconsidered: {{likelihood: likely, within: 6 months}}
    weighs:                  # effects on interests, against the first option
      grain:
        - {{when: drought, calm: "++"}}
        - {{office: "-"}}

claims:                      # the bottom lines: do they follow?
  no-unrest:
    says: Unrest is unlikely
    test: P(ever unrest) is unlikely

questions:                   # what is asked, and resolved one day
  low-support: {{event: ever support is low by {next_year}}}
"""


def new_estimate(name: str, as_of: date, schema: str = "estimate.schema.json") -> str:
    """Text of a new estimate of a name, which reads without problems.

    `schema` is where editors find the JSON Schema: a path beside the estimate, or an address.

    >>> from datetime import date
    >>> new_estimate("The Island", date(2026, 3, 1)).splitlines()[4]
    'estimate: the-island'
    """
    title = " ".join(name.split()) or "A new estimate"
    return _TEXT.format(
        modeline=MODELINE.format(schema=schema),
        name=_id(title),
        title=f"'{title.replace(chr(39), chr(39) * 2)}'" if _NEEDS_QUOTES.search(title) else title,
        as_of=as_of.isoformat(),
        year=as_of.year,
        next_year=as_of.year + 1,
    )


def _id(title: str) -> str:
    name = suggestion(title) or "estimate"
    return f"the-{name}" if name in RESERVED else name


_NEEDS_QUOTES = re.compile(r"^[^\w]|[:#{}\[\],&*!|>'\"%@`]")
