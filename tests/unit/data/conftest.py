"""The lake is tested on both databases."""

from tests.postgres import postgres_server as postgres_server
from tests.stores import database_url as database_url
from tests.stores import folder as folder
from tests.stores import ledger as ledger
from tests.stores import writer as writer
