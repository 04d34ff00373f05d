"""Stated rates of error by group beside those that records show: the model of slips, held to its word.

For each row of `group_rates.csv` the people of a shard are written down three times by one sender: with the
habit never, with it always, and at its rate. Whoever looks otherwise with it always can show it; of those,
the share that looks otherwise at its rate is the measured one. All other habits rest meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.plan import CountyPlan
from roundtable.county.sends.groups import Group, GroupRate, Groups, group_rates, groups_of
from roundtable.county.sends.habits import Habits, habits_of
from roundtable.county.sends.identities import Identities
from roundtable.county.sends.people_known import People
from roundtable.county.sends.quirks import Chance, Quirks
from roundtable.county.sends.rows_sent import second_numbers

#: The sender that stands for each way of typing.
SENDERS: Mapping[str, str] = {"front_line": "police-records", "register": "adult-care"}
#: Where a habit shows: the fields that look otherwise.
_SHOWS: Mapping[str, tuple[str, ...]] = {
    "slip_given": ("given_name",),
    "slip_surname": ("surname",),
    "slip_birth": ("date_of_birth",),
    "known_as": ("given_name",),
    "names_swapped": ("surname",),
    "surname_first": ("surname",),
    "no_nhs": ("nhs_number",),
    "no_birth": ("date_of_birth",),
    "no_phone": ("phone",),
    "no_surname": ("surname",),
    "accents_dropped": ("given_name", "surname"),
    "transliterated": ("given_name", "surname"),
    "particle_dropped": ("surname",),
    "particle_joined": ("surname",),
    "compound_first": ("surname",),
    "compound_last": ("surname",),
}
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class SlipCount:
    """How often a habit shows in a group and among everybody else, in some shards.

    Attributes:
        rate: the row of `group_rates.csv`.
        typing: the way of typing that was measured.
        members, others: how many could show it.
        stated: the sum of the stated rates of the members.
        shown, others_shown: how many do show it.
        others_stated: the sum of the stated rates of the others.
    """

    rate: GroupRate
    typing: str
    members: int
    stated: float
    shown: int
    others: int
    others_stated: float
    others_shown: int

    def __add__(self, other: SlipCount) -> SlipCount:
        return replace(
            self,
            members=self.members + other.members,
            stated=self.stated + other.stated,
            shown=self.shown + other.shown,
            others=self.others + other.others,
            others_stated=self.others_stated + other.others_stated,
            others_shown=self.others_shown + other.others_shown,
        )


def slips_by_group(plan: CountyPlan, shard: int, people: People) -> tuple[SlipCount, ...]:
    """What is stated and what shows in a shard, a row for each row of `group_rates.csv` and way of typing."""
    groups = groups_of(people, np.datetime64(plan.today))
    return tuple(
        _counted(rate, typing, plan, shard, people, groups)
        for rate in group_rates()
        for typing in sorted(SENDERS)
        if rate.typing in (typing, "any")
    )


def summed(shards: Iterable[tuple[SlipCount, ...]]) -> tuple[SlipCount, ...]:
    """The counts of several shards together."""
    found = list(shards)
    whole = list(found[0])
    for more in found[1:]:
        whole = [one + other for one, other in zip(whole, more, strict=True)]
    return tuple(whole)


def slips_page(counts: Iterable[SlipCount]) -> Iterator[str]:
    """The lines of a table in Markdown: stated beside measured, for the group and for everybody else."""
    yield "| group | habit | typing | could show it | stated | measured | others stated | others measured |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in counts:
        stated, shown = _share(one.stated, one.members), _share(one.shown, one.members)
        other = _share(one.others_stated, one.others), _share(one.others_shown, one.others)
        yield (
            f"| {one.rate.group} | `{one.rate.habit}` | {one.typing} | {one.members:,} "
            f"| {stated} | {shown} | {other[0]} | {other[1]} |"
        )


def _share(part: float, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _counted(
    rate: GroupRate, typing: str, plan: CountyPlan, shard: int, people: People, groups: Groups
) -> SlipCount:
    habits = habits_of(SENDERS[typing])
    own, can, rates = _shown(habits, rate.habit, plan, shard, people, groups)
    member = groups.members[Group(rate.group)]
    # The same, without those who belong to another group with a rate of its own for this habit.
    for other in group_rates():
        if other.habit == rate.habit and other.group != rate.group and other.typing in (typing, "any"):
            can = can & (member | ~groups.members[other.group])
    mine, others = can & member, can & ~member
    return SlipCount(
        rate,
        typing,
        int(mine.sum()),
        float(rates[mine].sum()),
        int((own & mine).sum()),
        int(others.sum()),
        float(rates[others].sum()),
        int((own & others).sum()),
    )


def _shown(
    habits: Habits, habit: str, plan: CountyPlan, shard: int, people: People, groups: Groups
) -> tuple[Flags, Flags, NDArray[np.float64]]:
    """Who shows a habit at its rate, who can show it, and everybody's stated rate."""
    count = len(people)

    def quirks(value: str, numbers: int = 1) -> Quirks:
        values = {name: _at_rest(name, old) for name, old in habits.values.items()}
        who = np.arange(numbers * count) // numbers
        chance = Chance(plan, shard, habits.sender)
        return Quirks(replace(habits, values={**values, habit: value}), chance, len(who), groups, who)

    stated = habits.manner(habit)
    rates = np.broadcast_to(np.asarray(quirks(stated).rates(habit), dtype=np.float64), (count,))
    everybody = np.ones(count, dtype=np.bool_)
    if habit == "registers_twice":
        return second_numbers(people, quirks(stated, 2)), everybody, rates
    if habit == "names_late":
        return quirks(stated).days_late(habit) > 0, everybody, rates
    plain, always, own = (_written(people, quirks(value), plan, habit) for value in ("0", "1", stated))
    return _differ(plain, own), _differ(plain, always), rates


def _written(people: People, quirks: Quirks, plan: CountyPlan, habit: str) -> list[pa.Array]:
    who = np.arange(len(people))
    today = np.full(len(people), np.datetime64(plan.today))
    identities = Identities(people, quirks, who, who, who, today)
    fields = [identities.field(f"person.{field}") for field in _SHOWS[habit]]
    return [field if isinstance(field, pa.Array) else pa.array(field) for field in fields]


def _differ(one: list[pa.Array], other: list[pa.Array]) -> Flags:
    found = np.zeros(len(one[0]), dtype=np.bool_)
    for left, right in zip(one, other, strict=True):
        same = pc.fill_null(pc.equal(left, right), False)
        both = pc.and_(pc.is_null(left), pc.is_null(right))
        found |= ~np.asarray(pc.or_(same, both).to_numpy(zero_copy_only=False), dtype=np.bool_)
    return found


def _at_rest(name: str, value: str) -> str:
    """A habit's value while it rests: rates at nought, manners of writing and lengths as they are."""
    always = ("_length", "_days", "_least", "_age", "_words", "_care_of", "_last_known")
    rate = value.replace(".", "", 1).isdigit() and not name.endswith(always)
    return "0" if rate else value
