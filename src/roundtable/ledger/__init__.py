"""The application database: what was delivered, run, decided, done and seen.

Importing it readies Django, so that the models can be imported from anywhere; it opens nothing.
`roundtable.ledger.database.open_ledger` then points it at one partnership's database.
"""

from roundtable.ledger.application import ready_django

ready_django()
