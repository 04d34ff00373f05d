"""The flags on properties as they may be used today, and the list of homes for the visiting teams.

The list is personal data although nobody is named in it. It is worked out when a post asks, never kept in the
lake; the post must be one that the agreements give it to, and the chain says that it left before it does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from roundtable.data.engine import EngineName
from roundtable.data.lake import Lake
from roundtable.data.private_file import see_that_free, write_privately
from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import held_keyring
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.principals import Principal, post_asking
from roundtable.governance.policy.question import Question
from roundtable.insight.flags.agreed import flags_agreed
from roundtable.insight.flags.visits_wanted import VisitList, VisitWanted, visits_wanted
from roundtable.ledger import audit, copies
from roundtable.ledger.database import ledger_exists, open_ledger
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import CopyKind
from roundtable.partnership.exchange.csv_tables import as_text
from roundtable.partnership.model.contract_terms import CanonicalTable
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.pipeline import permits_of_steps
from roundtable.report.flag_contents import FlagsShown
from roundtable.report.flags import FLAGS_PURPOSE, flags_shown
from roundtable.steps.permitted import Permitted
from roundtable.steps.reading import opened_bench

HEADINGS = ("uprn", "address", "postcode", "kind_of_place", "services", "flagged_by", "newest_flag")
#: What the list is called in the register of copies.
WHAT = "homes that several services have flagged and nobody has visited lately"


@dataclass(frozen=True)
class FlagsToday:
    """What a partnership's last run found of flags, and may be used today."""

    partnership: Partnership
    lake: Lake
    allowed: Permitted
    engine: EngineName
    today: date

    def shown(self) -> FlagsShown | None:
        """The counts; None where no contract agrees on any flag."""
        return flags_shown(self.partnership, self._table("flag_overlap"))

    def wanted(self) -> VisitList:
        """The homes to visit, with their addresses out of the vault.

        Raises:
            StoreUnusable: this process has no keys to the vault.
        """
        return visits_wanted(self._table("property_flags"), self._table("address_record"))

    def _table(self, name: str) -> pa.Table:
        with opened_bench(self.partnership, self.lake, self.allowed, self.engine, (name,)) as bench:
            return bench.arrow(name)


def flags_today(partnership: Partnership, engine: EngineName, clock: Clock) -> FlagsToday:
    """Open what the last run made.

    Raises:
        SettingUnusable: nothing has run yet.
    """
    folder = partnership.folder
    if not ledger_exists(folder):
        what, remedy = "nothing has run here yet", f"Begin with `roundtable run {folder}`."
        raise SettingUnusable(Problem(Place(str(folder)), "nothing-run", what, remedy))
    open_ledger(folder, partnership.charter.id)
    today = clock().date()
    allowed = permits_of_steps(partnership, today)[FLAGS_PURPOSE, Action.READ]
    return FlagsToday(partnership, Lake(folder, held_keyring(folder)), allowed, engine, today)


def give_list(flags: FlagsToday, post: str, to: Path, clock: Clock) -> VisitList:
    """Write the list for a post that may have it.

    Args:
        flags: what may be used today.
        post: the id of the post that asks for it, and answers for it.
        to: the CSV file, which must not exist yet, outside the partnership folder.
        clock: the trusted clock.

    Raises:
        NotPermitted: the agreements do not give this post the flags, or the addresses.
        SettingUnusable: there is no such post, or the file stands where it must not.
        StoreUnusable: this process has no keys to the vault.
    """
    asking = _post(flags.partnership, post)
    see_that_free(to, flags.partnership.folder)
    _see_that_permitted(flags, asking)
    found = flags.wanted()
    _note(flags, asking, to, clock)
    write_privately(to, _written(flags.partnership, found))
    return found


def _note(flags: FlagsToday, asking: Principal, to: Path, clock: Clock) -> None:
    """Say that the list leaves, before it does: in the register of copies and in the chain."""
    at, snapshot, agency = clock(), flags.lake.current_snapshot() or None, asking.agency or ""
    with ledger_transaction():
        place = str(to.absolute())
        copies.register(CopyKind.EXPORT, WHAT, at, place=place, recipient=agency, snapshot=snapshot)
        detail = {"post": asking.id, "agency": agency, "purpose": FLAGS_PURPOSE.value, "snapshot": snapshot}
        audit.append("list.given", "homes to visit", detail, at)


def _post(partnership: Partnership, post: str) -> Principal:
    posts = sorted(role.id for _, role in partnership.roles())
    if post in posts:
        return post_asking(partnership, post)
    near = nearest(post, posts)
    hint = f"Did you mean '{near}'?" if near else "Write the id of the post that asks, from agencies/."
    what = f"there is no post '{post}'" if post else "nobody says which post asks for the list"
    raise SettingUnusable(Problem(Place("--post"), "unknown-id", what, hint))


def _see_that_permitted(flags: FlagsToday, asking: Principal) -> None:
    """Each dataset that the list says something of must be let through to the one who asks."""
    problems = []
    for dataset, table, columns in _given(flags.partnership):
        question = Question(asking, Action.EXPORT, dataset, table, columns, FLAGS_PURPOSE, flags.today)
        decision = decide(flags.partnership, question)
        if decision.refusal is not None:
            what = f"'{dataset}' may not be given to '{asking.id}'"
            problems.append(Problem(Place(asking.id, key=dataset), "not-permitted", what, decision.refusal))
    if problems:
        raise NotPermitted(problems)


def _given(partnership: Partnership) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each table that the list says something of, with the columns that it says it by."""
    flagging = {(row["dataset"], row["source_table"]) for row in flags_agreed(partnership)}
    for dataset in partnership.datasets:
        for table in dataset.schema_:
            listed = table.terms.canonical is CanonicalTable.ADDRESS_RECORD
            wanted = ("uprn", "address", "postcode") if listed else ("uprn",)
            columns = tuple(one.name for one in table.properties if one.terms.canonical in wanted)
            if columns and (listed or (dataset.id, table.name) in flagging):
                yield dataset.id, table.name, columns


def _written(partnership: Partnership, found: VisitList) -> str:
    """The list as CSV; no cell is ever a formula."""
    agencies = {one.id: one.name for one in partnership.agencies}
    datasets = {one.id: one.name for one in partnership.datasets}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for home in found.homes:
        writer.writerow([as_text(cell) for cell in _cells(home, agencies, datasets)])
    return text.getvalue()


def _cells(home: VisitWanted, agencies: dict[str, str], datasets: dict[str, str]) -> list[str]:
    flagged = "; ".join(
        f"{agencies.get(one.agency, one.agency)}: {datasets.get(one.dataset, one.dataset)} ({one.last_on})"
        for one in home.flags
    )
    place = [home.uprn, home.address, home.postcode, home.kind]
    return [*place, str(home.services), flagged, home.newest.isoformat()]
