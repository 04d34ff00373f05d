"""Looking somebody up among everybody who is linked for a purpose: for a post that agreements let, alone.

To look up is to read of a person: refused unless an agreement in force reaches named casework and names the
post's agency, the purpose and the columns; no further than those; and written down before anything is shown.
Nobody who is under seal or has objected is in the index at all. Somebody who is not there and somebody who is
not the post's to see give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from roundtable.data.engine import EngineName
from roundtable.data.lake import Lake
from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import needed_keyring
from roundtable.governance.permission import permitted_columns
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.linking import PERSON
from roundtable.governance.policy.principals import Principal, post_asking
from roundtable.governance.policy.question import Question
from roundtable.governance.pseudonyms import address_id, is_id
from roundtable.governance.rights.four_eyes import known_post
from roundtable.ledger import looks
from roundtable.ledger.database import ledger_exists, open_ledger
from roundtable.linkage.linking.index_rows import index_parts
from roundtable.linkage.lookup.asked import Asked
from roundtable.linkage.lookup.clean_one import sent_of
from roundtable.linkage.lookup.index import Index, index_from
from roundtable.linkage.lookup.known_record import known_record
from roundtable.linkage.lookup.look_up import Found, look_up, look_up_one
from roundtable.linkage.lookup.reach import Reach, hidden_by
from roundtable.linkage.lookup.verdict import Verdict, verdict
from roundtable.linkage.people.state import StateUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.pipeline import permits_of_steps
from roundtable.steps.reading import opened_bench

INDEX = "link_index"


@dataclass(frozen=True)
class LookingUp:
    """A post at the index of a purpose.

    Attributes:
        lake: with the keys.
        post: who asks.
        purpose: what for.
        now: the trusted clock's time.
        reach: whose records the post may look at, and by what.
        refused: the datasets that people are linked from and are not the post's to look up, in order. The
            same whoever is looked for.
        index: everybody.
    """

    lake: Lake
    post: Principal
    purpose: Purpose
    now: datetime
    reach: Reach
    refused: tuple[str, ...]
    index: Index


@dataclass(frozen=True)
class LookedUp:
    """What was found, and what it comes to."""

    found: Found
    verdict: Verdict


def open_lookup(
    folder: Path, post: str, purpose: Purpose, about: str, engine: EngineName, clock: Clock
) -> LookingUp:
    """Open the index of a purpose for a post.

    Args:
        folder: the partnership folder.
        post: the id of the post that asks, and answers for it.
        purpose: what for.
        about: in what connection, such as `case 12`; names nobody.
        engine: what reads the lake.
        clock: the trusted clock.

    Raises:
        NotPermitted: agreements let the post look nobody up for this. The chain says that it asked.
        SettingUnusable: there is no such post, or nobody has been linked for this purpose.
        StoreUnusable: this process has no keys to the vault.
        Busy: people were linked before the last delivery, seal or decision.
    """
    partnership = load_partnership(folder)
    known_post(partnership, post, "--post")
    if not ledger_exists(folder):
        what, remedy = "nothing has run here yet", f"Begin with `roundtable run {folder}`."
        raise SettingUnusable(Problem(Place(str(folder)), "nothing-run", what, remedy))
    open_ledger(folder, partnership.charter.id)
    asking, now = post_asking(partnership, post), clock()
    tables = list(_tables(partnership, asking, purpose, now.date()))
    reach = Reach({one.name: one.hidden for one in tables if one.hidden is not None})
    if not reach.hidden:
        _note(asking, purpose, about, (), "refused", now)
        raise NotPermitted(_refusals(tables, asking, purpose))
    lake = Lake(folder, needed_keyring(folder))
    index = _index(partnership, lake, purpose, engine, now.date())
    linked = {one.dataset for one in index.sources.names}
    mine = {dataset for dataset, _ in reach.hidden}
    return LookingUp(lake, asking, purpose, now, reach, tuple(sorted(linked - mine)), index)


def looked_up(looking: LookingUp, asked: Asked | str, about: str) -> LookedUp:
    """Look somebody up; the chain says so before anything is shown.

    Args:
        looking: the index.
        asked: what is known, or the id of a record.
        about: in what connection; names nobody.

    Raises:
        SettingUnusable: there is no such record, or it is not the post's to see.
    """
    index = looking.index
    if isinstance(asked, str):
        one = known_record(index, asked, looking.reach) if is_id(asked) else None
        if one is None:
            _note(looking.post, looking.purpose, about, (), "looked up", looking.now)
            place = Place("command line", key="--record")
            what, remedy = "there is no such record that you may see", "Give what is known of the person."
            raise SettingUnusable(Problem(place, "record-unknown", what, remedy))
        found = look_up_one(index, one, looking.reach)
    else:
        keyring = looking.lake.keyring
        home = address_id(keyring, asked.uprn) if asked.uprn is not None and keyring is not None else None
        found = look_up(index, sent_of(asked, home), looking.reach)
    seen = [fit.record_id for person in found.people for fit in person.records]
    _note(looking.post, looking.purpose, about, seen, "looked up", looking.now)
    return LookedUp(found, verdict(index, found))


@dataclass(frozen=True)
class _Asked:
    """What became of the question for one table: what is hidden of it; None where it is refused, and why."""

    name: tuple[str, str]
    hidden: frozenset[str] | None
    refusal: str


def _tables(partnership: Partnership, asking: Principal, purpose: Purpose, on: date) -> Iterator[_Asked]:
    """The tables of people that are linked for a purpose, each with what the post may look at."""
    for dataset in partnership.datasets:
        for table in dataset.schema_:
            columns = _of_people({one.name: one.terms.canonical for one in table.properties})
            linked = permitted_columns(partnership, dataset.id, table.name, purpose, on, Action.LINK)
            used = tuple(sorted(linked.columns & columns.keys()))
            if used:
                question = Question(asking, Action.LOOK_UP, dataset.id, table.name, used, purpose, on)
                decision = decide(partnership, question)
                may = decision.columns
                hidden = hidden_by(made for name, made in columns.items() if name not in may)
                name = (dataset.id, table.name)
                yield _Asked(name, hidden if may else None, decision.refusal or "")


def _of_people(canonical: Mapping[str, str | None]) -> dict[str, str]:
    """The columns of a person, by the contract's names, and which column of a person's record each fills."""
    return {
        name: said.removeprefix(PERSON)
        for name, said in canonical.items()
        if said is not None and said.startswith(PERSON)
    }


def _refusals(tables: list[_Asked], asking: Principal, purpose: Purpose) -> list[Problem]:
    """Why the post may look nobody up; datasets that are refused in the same words are told together."""
    if not tables:
        what = f"nobody is linked for {purpose.value}: no agreement in force lets records of people be linked"
        remedy = "It takes an agreement of rung 4 or above that grants columns of people for this purpose."
        return [Problem(Place(asking.id), "not-permitted", what, remedy)]
    alike: dict[str, dict[str, None]] = {}
    for one in tables:
        alike.setdefault(one.refusal, {})[f"'{one.name[0]}'"] = None
    return [
        Problem(Place(asking.id), "not-permitted", f"may not look anybody up in {', '.join(datasets)}", why)
        for why, datasets in alike.items()
    ]


def _index(partnership: Partnership, lake: Lake, purpose: Purpose, engine: EngineName, on: date) -> Index:
    allowed = permits_of_steps(partnership, on).get((purpose, Action.LINK))
    remedy = f"`roundtable run {lake.folder}` links them"
    place = Place(str(lake.folder), key=purpose.value)
    if allowed is not None:
        with opened_bench(partnership, lake, allowed, engine, (INDEX,)) as bench:
            rows = bench.arrow(INDEX)
        try:
            if rows.num_rows:
                return index_from(index_parts(rows))
        except (StateUnusable, KeyError):
            what = "people were linked by an earlier version, whose index cannot be read"
            raise SettingUnusable(Problem(place, "index-old", what, remedy)) from None
    raise SettingUnusable(Problem(place, "not-linked", "nobody has been linked for this purpose yet", remedy))


def _note(
    asking: Principal, purpose: Purpose, about: str, records: list[str] | tuple[()], how: str, at: datetime
) -> None:
    """Have the chain say who looked, for what, and in what connection; records by their aliases."""
    detail = {"by": asking.id, "agency": asking.agency, "purpose": purpose.value, "how": how}
    looks.note_look(about, records, detail, at)
