"""What is usual in the records: learnt from all of them, kept, and used again for new ones.

Some things a single value does not say: whether a word is a given name or a surname, whether a day is
nobody's birthday but what a form puts in, whether two datasets of an agency number people in one series.
They are learnt without knowing who is who. A night and a lookup use what the last full run learnt, so that a
record is cleaned the same way whenever it comes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Parts of a number that is unique only together, such as a dataset and its own number.
SEPARATOR = "␟"


@dataclass(frozen=True)
class Usual:
    """What is usual in some records. Holds names and numbers, so it belongs in the vault.

    Attributes:
        leaning: how much more often a word is a given name than a surname, in bits.
        alone: given names that often stand alone, so that what follows one of them is a middle name.
        nobodys_days: dates of birth, with the dataset before them, that too many people have.
        nobodys_numbers: numbers and e-mail addresses that too many people have, with the column before them.
        registers: datasets that number people in one series with others of their agency, and its name.
        accounts: datasets whose numbers are of homes and not of people, as those of an account for a tax.
    """

    leaning: Mapping[str, float] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    nobodys_days: frozenset[str] = frozenset()
    nobodys_numbers: frozenset[str] = frozenset()
    registers: Mapping[str, str] = field(default_factory=dict)
    accounts: frozenset[str] = frozenset()

    def to_json(self) -> str:
        """As text, in one order."""
        return json.dumps(
            {
                "leaning": {word: round(bits, 4) for word, bits in self.leaning.items()},
                "alone": sorted(self.alone),
                "nobodys_days": sorted(self.nobodys_days),
                "nobodys_numbers": sorted(self.nobodys_numbers),
                "registers": dict(self.registers),
                "accounts": sorted(self.accounts),
            },
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> Usual:
        """From text that `to_json` made."""
        read = json.loads(text)
        return cls(
            read["leaning"],
            frozenset(read["alone"]),
            frozenset(read["nobodys_days"]),
            frozenset(read["nobodys_numbers"]),
            read["registers"],
            frozenset(read["accounts"]),
        )
