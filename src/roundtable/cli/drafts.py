"""`roundtable draft`: first drafts of the documents that a governance lead has to finish and sign."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that stands there already.")
    ] = False,
) -> None:
    """Write what the folder can already say of a document; what it cannot stays blank and is listed.

    Example: `roundtable draft north-yorkshire --as dpia --for marac-2025 --to dpia.html`
    """
    from roundtable.partnership.drafts.document import DraftKind
    from roundtable.partnership.drafts.drafting import Written, written
    from roundtable.partnership.drafts.drafting import draft as drafted
    from roundtable.partnership.exchange.writing import ending_of, refuse_unfit, write_file
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.wording import counted

    form = Written(ending_of(to, list(Written), "a draft"))
    partnership = load_partnership(folder)
    made = drafted(partnership, DraftKind(document.value), about)
    refuse_unfit(to, folder, replace=replace)
    write_file(to, written(made, partnership, form).encode())
    blank, law = len(list(made.blanks())), len(list(made.unverified()))
    wrong = len(made.wrong)
    typer.echo(
        f"{to}: draft written. {blank} answers are blank; {law} rest on law that no post has verified."
    )
    if wrong:
        typer.echo(f"The checker says that {counted(wrong, 'thing is', 'things are')} wrong: see its top.")
