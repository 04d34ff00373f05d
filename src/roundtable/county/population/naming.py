"""The name everybody is born with: given names, surnames handed on by generations, and what is between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roundtable.county.population.lives import MALE, NOBODY, People
from roundtable.county.population.name_lists import NO_WORD, Codes, Words, words
from roundtable.county.population.rates import rate
from roundtable.county.population.traditions import ChildrensSurname, MiddleNames, traditions, with_rule

#: How the two parts of a surname or a given name are joined.
SPACE, HYPHEN = 0, 1


@dataclass
class BirthNames:
    """Names as columns of word numbers, one row a person; `NO_WORD` where there is none.

    A given name is one word, or two joined; so is a surname.
    """

    given: Codes
    given_two: Codes
    given_join: npt.NDArray[np.int8]
    middle: Codes
    middle_two: Codes
    surname: Codes
    surname_two: Codes
    surname_join: npt.NDArray[np.int8]
    known_as: Codes


def birth_names(rng: np.random.Generator, people: People) -> BirthNames:
    """A name for everyone."""
    count = people.count
    empty = [np.full(count, NO_WORD, dtype=np.int64) for _ in range(7)]
    joins = [np.zeros(count, dtype=np.int8) for _ in range(2)]
    names = BirthNames(
        empty[0], empty[1], joins[0], empty[2], empty[3], empty[4], empty[5], joins[1], empty[6]
    )
    vocabulary = words()
    year = 1970 + (people.born[:count] / 365.2425).astype(np.int64)
    man = people.sex[:count] == MALE
    _draw_given(rng, people, names, vocabulary, man, year)
    for who in _generations(people):
        _inherit(rng, people, names, vocabulary, who)
    _middles(rng, people, names, vocabulary, man, year)
    _known_as(rng, people, names, vocabulary, man)
    return names


def _generations(people: People) -> list[npt.NDArray[np.int64]]:
    """People without known parents, then their children, and so on."""
    count = people.count
    depth = np.zeros(count, dtype=np.int64)
    for _ in range(8):
        deeper = depth.copy()
        for column in (people.mother, people.father):
            parent = column[:count]
            deeper = np.where(parent != NOBODY, np.maximum(deeper, depth[parent] + 1), deeper)
        if np.array_equal(deeper, depth):
            break
        depth = deeper
    return [np.flatnonzero(depth == level) for level in range(int(depth.max(initial=0)) + 1)]


def _draw_given(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    vocabulary: Words,
    man: npt.NDArray[np.bool_],
    year: npt.NDArray[np.int64],
) -> None:
    count = people.count
    tradition = people.tradition[:count].astype(np.int64)
    names.given[:] = vocabulary.of_given(rng, tradition, man, year)
    # No two children of a mother have the same name, if three tries can help it.
    mother = people.mother[:count].astype(np.int64)
    for _ in range(3):
        siblings = np.flatnonzero(mother != NOBODY)
        key = mother[siblings] * len(vocabulary.texts) + names.given[siblings]
        order = np.argsort(key, kind="stable")
        again = siblings[order[1:][key[order[1:]] == key[order[:-1]]]]
        names.given[again] = vocabulary.of_given(rng, tradition[again], man[again], year[again])
    # Some sons have the father's name.
    father = people.father[:count].astype(np.int64)
    lot = rng.random(count)
    same = man & (father != NOBODY) & (lot < rate("same_name_sons") * np.where(year < 1975, 2.0, 1.0))
    same &= people.tradition[father] == people.tradition[:count]
    for child in (np.flatnonzero(same & (year < 1960)), np.flatnonzero(same & (year >= 1960))):
        names.given[child] = names.given[father[child]]
    chinese = tradition == _place("chinese")
    british_girl = (tradition == 0) & ~man & (year >= 1960) & (rng.random(count) < rate("hyphened_given"))
    two = (chinese & (rng.random(count) < rate("two_syllables"))) | british_girl
    who = np.flatnonzero(two)
    names.given_two[who] = vocabulary.of_given(
        rng, tradition[who], man[who], np.where(chinese[who], year[who], 1950)
    )
    names.given_join[british_girl] = HYPHEN


def _place(name: str) -> int:
    return [tradition.name for tradition in traditions()].index(name)


def _inherit(
    rng: np.random.Generator, people: People, names: BirthNames, vocabulary: Words, who: npt.NDArray[np.int64]
) -> None:
    """The surnames of people whose parents, where known, have theirs."""
    tradition = people.tradition[who].astype(np.int64)
    father, mother = people.father[who].astype(np.int64), people.mother[who].astype(np.int64)
    names.surname[who] = vocabulary.surnames.draw(rng, tradition)
    old = (tradition == 0) & (rng.random(len(who)) < rate("double_surname"))
    names.surname_two[who[old]] = vocabulary.surnames.draw(rng, tradition[old])
    names.surname_join[who[old]] = HYPHEN
    named = np.where(father != NOBODY, father, mother)
    known = named != NOBODY
    for column in (names.surname, names.surname_two, names.surname_join):
        column[who[known]] = column[named[known]]
    _not_the_fathers(rng, people, names, who, father, mother)
    _two_surnames(rng, people, names, vocabulary, who, father, mother)
    _by_custom(rng, people, names, vocabulary, who, father)


def _not_the_fathers(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    who: npt.NDArray[np.int64],
    father: npt.NDArray[np.int64],
    mother: npt.NDArray[np.int64],
) -> None:
    """Some mothers' children have her surname or both, all of them alike."""
    choice = rng.random(people.count)
    rule = with_rule(ChildrensSurname.PATRILINEAL)[people.tradition[who]]
    both = rule & (father != NOBODY) & (mother != NOBODY) & (people.born[who] > 3_650)
    hers = both & (choice[mother] < rate("mothers_surname"))
    for column in (names.surname, names.surname_two, names.surname_join):
        column[who[hers]] = column[mother[hers]]
    joined = both & ~hers & (choice[mother] < rate("mothers_surname") + rate("both_surnames"))
    joined &= (names.surname_two[father] == NO_WORD) & (names.surname_two[mother] == NO_WORD)
    joined &= names.surname[father] != names.surname[mother]
    names.surname[who[joined]] = names.surname[mother[joined]]
    names.surname_two[who[joined]] = names.surname[father[joined]]
    names.surname_join[who[joined]] = HYPHEN


def _two_surnames(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    vocabulary: Words,
    who: npt.NDArray[np.int64],
    father: npt.NDArray[np.int64],
    mother: npt.NDArray[np.int64],
) -> None:
    """Spanish and Portuguese names have one of each parent."""
    tradition = people.tradition[who].astype(np.int64)
    for rule in (ChildrensSurname.FATHER_MOTHER, ChildrensSurname.MOTHER_FATHER):
        here = np.flatnonzero(with_rule(rule)[tradition])
        drawn = vocabulary.surnames.draw(rng, np.stack([tradition[here]] * 2).ravel()).reshape(2, -1)
        spanish = rule is ChildrensSurname.FATHER_MOTHER
        parts = []
        for parent, own in ((father[here], drawn[0]), (mother[here], drawn[1])):
            last = names.surname_two[parent]
            of_parent = (
                names.surname[parent] if spanish else np.where(last != NO_WORD, last, names.surname[parent])
            )
            parts.append(np.where(parent != NOBODY, of_parent, own))
        first, second = parts if spanish else parts[::-1]
        names.surname[who[here]], names.surname_two[who[here]] = first, second
        names.surname_join[who[here]] = SPACE


def _by_custom(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    vocabulary: Words,
    who: npt.NDArray[np.int64],
    father: npt.NDArray[np.int64],
) -> None:
    """Names that are not simply handed on."""
    tradition = people.tradition[who].astype(np.int64)
    man = people.sex[who] == MALE
    lot, pick = rng.random((2, len(who)))
    loose = with_rule(ChildrensSurname.LOOSE)[tradition]
    own = np.flatnonzero(loose & (lot > rate("fathers_loosely")))
    names.surname[who[own]] = vocabulary.surnames.draw(rng, tradition[own])
    respect = np.flatnonzero(loose & ~man & (lot < rate("title_of_respect")))
    names.surname[who[respect]] = vocabulary.respect[
        (pick[respect] * len(vocabulary.respect)).astype(np.int64)
    ]
    sikh = with_rule(ChildrensSurname.SINGH_KAUR)[tradition] & (father == NOBODY) & (lot < rate("only_singh"))
    names.surname[who[sikh]] = vocabulary.number["Singh"]
    patronymic = np.flatnonzero(
        with_rule(ChildrensSurname.PATRONYMIC)[tradition] & (lot < rate("patronymic"))
    )
    drawn = vocabulary.of_given(
        rng, tradition[patronymic], np.ones(len(patronymic), np.bool_), np.full(len(patronymic), 1960)
    )
    known = father[patronymic] != NOBODY
    names.surname[who[patronymic]] = np.where(known, names.given[father[patronymic]], drawn)


def _middles(
    rng: np.random.Generator,
    people: People,
    names: BirthNames,
    vocabulary: Words,
    man: npt.NDArray[np.bool_],
    year: npt.NDArray[np.int64],
) -> None:
    count = people.count
    tradition = people.tradition[:count].astype(np.int64)
    father, mother = people.father[:count].astype(np.int64), people.mother[:count].astype(np.int64)
    lot = rng.random(count)

    def having(rule: MiddleNames, share: float = 1.0) -> npt.NDArray[np.int64]:
        return np.flatnonzero(with_rule(rule)[tradition] & (lot < share))

    who = having(MiddleNames.MIDDLE, rate("middle_name"))
    names.middle[who] = vocabulary.of_given(rng, tradition[who], man[who], year[who] - 25)
    who = having(MiddleNames.MIDDLE, rate("second_middle_name"))
    names.middle_two[who] = vocabulary.of_given(rng, tradition[who], man[who], year[who] - 40)
    who = having(MiddleNames.VIETNAMESE, rate("vietnamese_middle"))
    names.middle[who] = np.where(man[who], vocabulary.number["Văn"], vocabulary.number["Thị"])
    who = having(MiddleNames.MOTHER)
    own = vocabulary.surnames.draw(rng, tradition[who])
    names.middle[who] = np.where(mother[who] != NOBODY, names.surname[mother[who]], own)
    who = having(MiddleNames.DAY)
    # 1 January 1970, day 0, was a Thursday.
    names.middle[who] = vocabulary.of_day[(people.born[who] + 3) % 7, man[who].astype(np.int64)]
    who = having(MiddleNames.CHAIN)
    men = np.ones(len(who), np.bool_)
    drawn = [vocabulary.of_given(rng, tradition[who], men, year[who]) for _ in range(2)]
    known = father[who] != NOBODY
    names.middle[who] = np.where(known, names.given[father[who]], drawn[0])
    grandfather = np.where(known, people.father[father[who]], NOBODY).astype(np.int64)
    names.middle_two[who] = np.where(grandfather != NOBODY, names.given[grandfather], drawn[1])
    family = np.flatnonzero(
        with_rule(ChildrensSurname.SINGH_KAUR)[tradition] & (names.surname != vocabulary.number["Singh"])
    )
    names.middle[family] = vocabulary.number["Singh"]
    # Nobody is called the same twice.
    twice = names.middle == names.given
    names.middle[twice] = NO_WORD
    names.middle_two[(names.middle_two == names.given) | (names.middle_two == names.middle)] = NO_WORD


def _known_as(
    rng: np.random.Generator, people: People, names: BirthNames, vocabulary: Words, man: npt.NDArray[np.bool_]
) -> None:
    count = people.count
    lot = rng.random(count)
    middle = np.flatnonzero(
        (names.middle != NO_WORD) & (lot > 1 - rate("called_by_middle")) & (people.tradition[:count] < 4)
    )
    names.known_as[middle] = names.middle[middle]
    shorts = vocabulary.short_list[names.given]
    who = np.flatnonzero((shorts != NO_WORD) & (lot < rate("own_nickname")))
    names.known_as[who] = vocabulary.short.draw(rng, shorts[who])
    chinese = people.tradition[:count] == _place("chinese")
    who = np.flatnonzero(chinese & (lot < rate("english_name")))
    names.known_as[who] = vocabulary.of_given(
        rng, np.zeros(len(who), np.int64), man[who], np.full(len(who), 1990)
    )
