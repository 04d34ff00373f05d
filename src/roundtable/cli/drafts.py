"""`roundtable draft`: first drafts of the documents that a governance lead has to finish and sign."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.partnership.drafts.drafting import Written


class Document(StrEnum):
    """The documents that can be drafted; the words of the drafts themselves."""

    DPIA = "dpia"
    RECORD_OF_PROCESSING = "record-of-processing"
    AGREEMENT = "agreement"
    PRIVACY_NOTICE = "privacy-notice"
    EQUALITY = "equality"
    DATA_SHARE_REQUEST = "data-share-request"
    ICO_DECISION = "ico-decision"


def draft(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    document: Annotated[Document, typer.Option("--as", help="The document to draft.")],
    about: Annotated[
        str,
        typer.Option(
            "--for",
            help="What it is about, by its id: an agreement (dpia, agreement, privacy-notice), an agency "
            "(record-of-processing), a scenario (equality) or a need (data-share-request, ico-decision).",
        ),
    ],
    to: Annotated[Path, typer.Option(help="The file to write: .md, .html or .json.")],
) -> None:
    """Write what the folder can already say of a document; what it cannot stays blank and is listed.

    Example: `roundtable draft north-yorkshire --as dpia --for marac-2025 --to dpia.html`
    """
    from roundtable.partnership.drafts.document import DraftKind
    from roundtable.partnership.drafts.drafting import draft as drafted
    from roundtable.partnership.drafts.drafting import written
    from roundtable.partnership.exchange.writing import write_file
    from roundtable.partnership.loading import load_partnership

    form = _form(to)
    partnership = load_partnership(folder)
    made = drafted(partnership, DraftKind(document.value), about)
    write_file(to, written(made, partnership, form).encode())
    blank, law = len(list(made.blanks())), len(list(made.unverified()))
    typer.echo(
        f"{to}: draft written. {blank} answers are blank; {law} rest on law that no post has verified."
    )


def _form(to: Path) -> Written:
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.drafts.drafting import Written

    if to.suffix in list(Written):
        return Written(to.suffix)
    what = f"a draft cannot be written as '{to.suffix or to.name}'"
    remedy = f"Give a file that ends in {', '.join(Written)}."
    raise SettingUnusable(Problem(Place("--to"), "unknown-format", what, remedy))
