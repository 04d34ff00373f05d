"""Names over time: marriage, divorce, deed, gender recognition and adoption, laid over the name at birth."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from roundtable.county.population.diary import Diary
from roundtable.county.population.lives import FEMALE, MALE, NEVER, People
from roundtable.county.population.name_lists import NO_WORD, words
from roundtable.county.population.naming import HYPHEN, BirthNames
from roundtable.county.population.rates import rate
from roundtable.county.population.tables import NameReason
from roundtable.county.population.traditions import takes_surname

#: What a change leaves as it was.
KEEP = -9
#: The columns of a state of someone's name.
GIVEN, GIVEN_TWO, GIVEN_JOIN, MIDDLE, MIDDLE_TWO, SURNAME, SURNAME_TWO, SURNAME_JOIN, KNOWN_AS, MAN = range(
    10
)
_REASONS = tuple(NameReason)
#: Days after a separation by which a divorced woman has her old name again, at most. Assumed.
_RESUMED_WITHIN = 700
_YEAR = 365.25


@dataclass
class NewIdentities:
    """Who got a new number, and why: sex recorded anew, or adoption. `sex` is as it was at birth."""

    who: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]
    sex_changed: npt.NDArray[np.bool_]


@dataclass
class _Changes:
    """Changes of names: person, day, reason, and the state's columns."""

    blocks: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(
        self,
        who: npt.NDArray[np.int64],
        day: npt.NDArray[np.integer],
        reason: NameReason,
        columns: dict[int, npt.NDArray[np.integer]],
    ) -> None:
        block = np.full((13, len(who)), KEEP, dtype=np.int64)
        block[0], block[1], block[2] = who, day, _REASONS.index(reason)
        for column, values in columns.items():
            block[3 + column] = values
        self.blocks.append(block)


def gender_recognitions(rng: np.random.Generator, people: People, first: int, last: int) -> NewIdentities:
    """Whose sex is recorded anew in these years, and when; all lived in the county on that day."""
    count = people.count
    years = (last - first) / _YEAR
    day = rng.integers(first, last + 1, count)
    ends = np.minimum(people.died[:count], people.left[:count])
    fit = (people.came[:count] < day) & (ends > day) & (day - people.born[:count] > 18 * _YEAR)
    # The younger more often than the old. Assumed.
    risk = (
        rate("gender_recognition") * years * np.clip(2.2 - (last - people.born[:count]) / _YEAR / 40, 0.2, 2)
    )
    who = np.flatnonzero(fit & (rng.random(count) < risk) & (people.sex[:count] <= MALE))
    return NewIdentities(who, day[who].astype(np.int64), np.ones(len(who), np.bool_))


def names_over_time(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    diary: Diary,
    recognised: NewIdentities,
    last: int,
) -> npt.NDArray[np.int64]:
    """All states of all names: person, day, reason and the state's columns; sorted by person and day."""
    changes = _Changes()
    everyone = np.arange(people.count)
    columns = (names.given, names.given_two, names.given_join, names.middle, names.middle_two, names.surname)
    rest = (names.surname_two, names.surname_join, names.known_as, people.sex[: people.count] == MALE)
    state = dict(enumerate((*columns, *rest)))
    changes.add(everyone, people.born[: people.count], NameReason.BIRTH, state)
    _adoptions(rng, people, names, diary, changes)
    _marriages(rng, people, names, diary, changes)
    _divorces(rng, people, names, diary, changes, last)
    _deeds(rng, people, changes, last)
    _recognitions(rng, people, recognised, changes)
    return _laid_over(np.concatenate(changes.blocks, axis=1), people, last)


def _adoptions(
    rng: np.random.Generator, people: People, names: BirthNames, diary: Diary, changes: _Changes
) -> None:
    child, parent, day = diary.of("adoptions", 3)
    partner = _husband_at(diary, people, parent, day)
    named = np.where(partner >= 0, partner, parent)
    state: dict[int, npt.NDArray[np.integer]] = {
        SURNAME: names.surname[named],
        SURNAME_TWO: names.surname_two[named],
        SURNAME_JOIN: names.surname_join[named],
    }
    drawn = words().of_given(
        rng,
        people.tradition[child].astype(np.int64),
        people.sex[child] == MALE,
        1970 + people.born[child] // 365,
    )
    new = rng.random(len(child)) < rate("adopted_renamed")
    state[GIVEN] = np.where(new, drawn, KEEP)
    state[GIVEN_TWO] = np.where(new, NO_WORD, KEEP)
    state[KNOWN_AS] = np.full(len(child), NO_WORD)
    changes.add(child, day, NameReason.ADOPTION, state)


def _husband_at(
    diary: Diary, people: People, woman: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Her partner of today, if it is a man who was so then; -1 otherwise."""
    partner = people.partner[woman].astype(np.int64)
    fits = (partner >= 0) & (people.union_from[woman] <= day) & (people.sex[partner] == MALE)
    return np.where(fits, partner, -1)


def _marriages(
    rng: np.random.Generator, people: People, names: BirthNames, diary: Diary, changes: _Changes
) -> None:
    wife, husband, day = diary.of("marriages", 3)
    custom = takes_surname()
    takes = custom[people.tradition[wife]] & custom[people.tradition[husband]]
    two_men_or_women = people.sex[wife] == people.sex[husband]
    lot = rng.random(len(wife))
    share = np.where(two_men_or_women, rate("one_sex_takes"), rate("takes_surname"))
    # Fewer of the young take the name than of the old.
    share = share * np.clip(1.25 - day / 60_000, 0.75, 1.3)
    hers = takes & (lot < share)
    for one, other, which in (
        (wife, husband, hers),
        (husband, wife, takes & (lot > 1 - rate("husband_takes"))),
    ):
        changes.add(
            one[which],
            day[which],
            NameReason.MARRIAGE,
            {
                SURNAME: names.surname[other[which]],
                SURNAME_TWO: names.surname_two[other[which]],
                SURNAME_JOIN: names.surname_join[other[which]],
            },
        )
    single = (names.surname_two[wife] == NO_WORD) & (names.surname_two[husband] == NO_WORD)
    join = takes & single & ~hers & (lot > 1 - rate("husband_takes") - rate("joins_surnames"))
    join &= (lot < 1 - rate("husband_takes")) & (names.surname[wife] != names.surname[husband])
    both = {
        SURNAME: names.surname[wife[join]],
        SURNAME_TWO: names.surname[husband[join]],
        SURNAME_JOIN: np.full(int(join.sum()), HYPHEN),
    }
    changes.add(wife[join], day[join], NameReason.MARRIAGE, both)
    husbands_too = rng.random(int(join.sum())) < 0.5
    changes.add(
        husband[join][husbands_too],
        day[join][husbands_too],
        NameReason.MARRIAGE,
        {column: values[husbands_too] for column, values in both.items()},
    )


def _divorces(
    rng: np.random.Generator, people: People, names: BirthNames, diary: Diary, changes: _Changes, last: int
) -> None:
    one, other, _, until, married_on, by_death = diary.of("unions", 6)
    woman = np.where(people.sex[one] == FEMALE, one, other)
    day = until + rng.integers(60, _RESUMED_WITHIN, len(woman))
    back = (married_on != NEVER) & (by_death == 0) & (rng.random(len(woman)) < rate("resumes_surname"))
    back &= (people.sex[woman] == FEMALE) & (day <= last)
    woman, day = woman[back], day[back]
    state = {
        SURNAME: names.surname[woman],
        SURNAME_TWO: names.surname_two[woman],
        SURNAME_JOIN: names.surname_join[woman],
    }
    changes.add(woman, day, NameReason.DIVORCE, state)


def _deeds(rng: np.random.Generator, people: People, changes: _Changes, last: int) -> None:
    """Some change their name of their own accord, at any time since they were 18."""
    count = people.count
    grown = people.born[:count] + int(18 * _YEAR)
    years = np.maximum(last - grown, 0) / _YEAR
    who = np.flatnonzero(rng.random(count) < 1 - np.exp(-rate("deed") * years))
    day = grown[who] + (rng.random(len(who)) * (last - grown[who])).astype(np.int64) + 1
    tradition = people.tradition[who].astype(np.int64)
    drawn = words().of_given(rng, tradition, people.sex[who] == MALE, 1970 + day // 365 - 25)
    given = rng.random(len(who)) < rate("deed_given_too")
    nobody = np.full(len(who), NO_WORD)
    state: dict[int, npt.NDArray[np.integer]] = {
        SURNAME: words().surnames.draw(rng, tradition),
        SURNAME_TWO: nobody,
        GIVEN: np.where(given, drawn, KEEP),
        GIVEN_TWO: np.where(given, NO_WORD, KEEP),
        KNOWN_AS: np.where(given, NO_WORD, KEEP),
    }
    changes.add(who, day, NameReason.DEED, state)


def _recognitions(
    rng: np.random.Generator, people: People, recognised: NewIdentities, changes: _Changes
) -> None:
    who = recognised.who
    man = people.sex[who] == FEMALE
    year = 1970 + people.born[who] // 365
    tradition = people.tradition[who].astype(np.int64)
    state: dict[int, npt.NDArray[np.integer]] = {
        GIVEN: words().of_given(rng, tradition, man, year),
        GIVEN_TWO: np.full(len(who), NO_WORD),
        MIDDLE: words().of_given(rng, tradition, man, year - 20),
        MIDDLE_TWO: np.full(len(who), NO_WORD),
        KNOWN_AS: np.full(len(who), NO_WORD),
        MAN: man,
    }
    changes.add(who, recognised.day, NameReason.GENDER_RECOGNITION, state)


def _laid_over(blocks: npt.NDArray[np.int64], people: People, last: int) -> npt.NDArray[np.int64]:
    """The changes in order, each filled up with what it left as it was; none after death, birth first."""
    who, day, reason = blocks[:3]
    born = people.born[who]
    ends = np.minimum(people.died[who], last + 1)
    keep = (reason == 0) | ((day > born) & (day < ends))
    blocks = blocks[:, keep]
    order = np.lexsort((blocks[2], blocks[1], blocks[0]))
    blocks = blocks[:, order]
    # Of several changes on one day the last holds, so the state is filled first and the rows thinned then.
    rows = np.arange(blocks.shape[1])
    for column in range(3, blocks.shape[0]):
        filled = np.maximum.accumulate(np.where(blocks[column] != KEEP, rows, 0))
        blocks[column] = blocks[column][filled]
    same_day = np.zeros(blocks.shape[1], dtype=np.bool_)
    same_day[:-1] = (blocks[0][1:] == blocks[0][:-1]) & (blocks[1][1:] == blocks[1][:-1])
    blocks = blocks[:, ~same_day]
    unchanged = np.zeros(blocks.shape[1], dtype=np.bool_)
    unchanged[1:] = (blocks[0][1:] == blocks[0][:-1]) & (blocks[3:, 1:] == blocks[3:, :-1]).all(axis=0)
    return blocks[:, ~unchanged]
