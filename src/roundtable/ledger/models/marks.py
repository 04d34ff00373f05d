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


class KeyedMark(models.Model):
    """One digest that a seal, an objection or a suppression goes by."""

    what: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(MarkKind))
    value: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH)

    class Meta:
        """Each owner has a table of its own."""

        abstract = True
