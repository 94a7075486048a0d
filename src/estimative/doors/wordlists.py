"""Commands about words of likelihood."""

from __future__ import annotations

import click

from estimative.doors.options import Form, form_option
from estimative.doors.output import print_shown


@click.command()
@click.argument("name", metavar="[STANDARD|WORD]", nargs=-1)
@form_option
def words(name: tuple[str, ...], form: Form) -> None:
    """Show what words of likelihood mean.

    Without a name: the standards. With one of them: its words, with their ranges and what readers take
    them to mean. With a word such as `likely`: that word, with a picture.
    """
    from estimative.show import words as show
    from estimative.words.lexicon import lexicon, standards
    from estimative.words.table import table_of, word_answer

    wanted = " ".join(name)
    standard = wanted.lower().replace(" ", "-")  # ICD 203 is how the standard writes itself
    if not wanted:
        print_shown(show.standards_shown([table_of(one) for one in standards()]), form)
    elif standard in standards():
        print_shown(show.standard_shown(table_of(standard)), form)
    else:
        try:
            found = word_answer(wanted)
        except LookupError:
            near = ", ".join(lexicon("ordinary").nearest(wanted))
            raise click.UsageError(f"no standard has the word {wanted!r}; near it: {near}") from None
        print_shown(show.word_shown(found), form)


commands: tuple[click.Command, ...] = (words,)
