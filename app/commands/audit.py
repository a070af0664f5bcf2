"""``suara audit``: who did what with answers, and whether the log is whole."""

from __future__ import annotations

import re

import click

from app import languages
from app.audit import trail, words
from app.audit.chain import Entry, Seal
from app.commands.support import with_app

_SEAL = re.compile(r"(\d{1,12}):([0-9a-f]{64})")


class SealType(click.ParamType):
    """``NUMBER:HASH``, as the page of the log shows it."""

    name = "number:hash"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Seal:
        """Read it."""
        found = _SEAL.fullmatch(str(value).strip().lower())
        if found is None:
            self.fail("Write it as the page shows it: the number, a colon, and 64 characters.")
        return Seal(int(found[1]), found[2])


@click.group()
def audit() -> None:
    """Who looked at, downloaded, corrected or deleted answers."""


@audit.command()
@click.option(
    "--proof", "proofs", type=SealType(), multiple=True,
    help="What somebody wrote down from the page of the log; may be given several times.",
)  # fmt: skip
@with_app
def verify(proofs: tuple[Seal, ...]) -> None:
    """Check that no entry was changed, removed or moved, and that the end is there.

    Ends with 1 and says what is wrong otherwise. Without --proof this cannot notice that somebody
    wrote the whole log, and the second place of its newest hash, anew.
    """
    with languages.speaking("en"):
        found = [words.flaw(each) for each in trail().flaws(*proofs)]
    for sentence in found:
        click.echo(sentence)
    if found:
        raise click.ClickException("The log is not whole.")
    newest = next(trail().newest(), None)
    click.echo(f"The log is whole: {newest.number if newest else 0} entries.")
    if newest:
        click.echo(f"Proof to write down: {newest.number}:{newest.hash}")


@audit.command()
@click.option("--form", "form_id", default="", help="Only entries about this form.")
@click.option(
    "--last", "count", type=click.IntRange(1), default=50, help="How many; 50 if left out."
)
@with_app
def show(form_id: str, count: int) -> None:
    """Print the newest entries, one a line: number, time, who, what, form, response."""
    wanted = (each for each in trail().newest() if not form_id or each.form == form_id)
    newest = [entry for _, entry in zip(range(count), wanted, strict=False)]
    for entry in reversed(newest):
        click.echo(_line(entry))


def _line(entry: Entry) -> str:
    more = " ".join(f"{name}={value}" for name, value in entry.more.items())
    said = (
        str(entry.number),
        entry.time,
        entry.who,
        entry.action,
        entry.form,
        entry.response,
        more,
    )
    return "\t".join(said).rstrip()
