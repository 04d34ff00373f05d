"""How the ledger points at a person or a place without saying which: by keyed digests and nothing else."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from roundtable.ledger.models.lengths import choices

#: Hexadecimal digits of a keyed id or digest: 128 bits of an HMAC-SHA256.
KEYED_LENGTH = 32


class MarkKind(StrEnum):
    """What a digest was made of. Only who has the partnership's key can make one."""

    RECORD = "record"
    """A record_id, which is keyed itself."""
    ADDRESS = "address"
    """An address_id, which is keyed itself."""
    NHS_NUMBER = "nhs number"
    PERSON_NUMBER = "person number"
    """A dataset's own number for a person."""
    ADDRESS_FORM = "address form"
    """An address as it is written, with its postcode."""
    NAME_AND_BIRTH = "name and birth"
    """A name, a date of birth and a postcode together."""
    NAMED_BORN = "name and birthday"
    """A forename, a surname and a date of birth."""
    BORN_AT = "birth and place"
    """A forename, a date of birth and a postcode or a property: whoever changed their surname."""
    SWAPPED_BORN = "swapped birth"
    """A forename, a surname, a place, and a date of birth with day and month either way round."""
    PHONED = "phone and surname"
    """A telephone number and a surname."""
    BORN = "birth"
    """A date of birth alone. It reaches nobody: it says where a likeness is worth looking for."""
    PHONE = "phone"
    """A telephone number alone. It reaches nobody either."""
    LIKELY_RECORD = "likely record"
    """A record_id that a seal reached by a likeness and not by a number."""
    LIKELY_NHS_NUMBER = "likely nhs number"
    LIKELY_PERSON_NUMBER = "likely number"
    """Numbers of such a record."""


class KeyedMark(models.Model):
    """One digest that a seal, an objection or a suppression goes by."""

    what: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(MarkKind))
    value: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH)

    class Meta:
        """Each owner has a table of its own."""

        abstract = True
