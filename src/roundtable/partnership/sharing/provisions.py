"""What the checker must know of the law by name: which natures can carry data, and a few rows by their id.

Everything else about a provision (who may give to whom, for what, since when) stands in the table of
gateways, dated, where a partnership can see it and override it.
"""

from __future__ import annotations

import re
from datetime import date

from roundtable.partnership.model.agency import AgencyKind
from roundtable.partnership.model.agreement import LegalBasis
from roundtable.partnership.model.reference import Gateway, GatewayNature, Status
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership

#: Children Act 2004, section 16LA: sharing is the rule, and a refusal has to give its reason.
CHILD_WELFARE_DUTY = "ca04.s16LA"
#: Crime and Disorder Act 1998, section 115.
CRIME_AND_DISORDER_POWER = "cda98.s115"
#: Digital Economy Act 2017, section 35: the multiple-disadvantages objective.
DISADVANTAGES_POWER = "dea17.s35.md"
#: Data Protection Act 2018, part 3: who is a competent authority stands in this row.
LAW_ENFORCEMENT = "dpa18.part3"
#: The same, schedule 2, paragraph 2: what would prejudice the work against crime gives way to it.
CRIME_EXEMPTION = "dpa18.sch2.p2"
#: Data Protection Act 2018, schedule 8: conditions for sensitive processing under part 3.
SENSITIVE_PROCESSING = "dpa18.sch8"
#: Rows that are conditions of schedule 1 to the Data Protection Act 2018.
SCHEDULE_1_ROWS = "dpa18.sch1."
#: The code list of the factors that section 35 counts, and how many of them it asks for.
DISADVANTAGE_FACTORS = "multiple-disadvantage-factors"
FACTORS_NEEDED = 2

#: A power, or a duty to share, can carry personal data. A duty to have regard, a limit, a condition, a
#: regime, a lawful basis or an open licence cannot.
CARRIES_PERSONAL_DATA = frozenset({GatewayNature.POWER, GatewayNature.DUTY_TO_SHARE})

_ARTICLE_6 = re.compile(r"6\s*\(1\)\s*\((ea|[a-f])\)")
_ARTICLE_9 = re.compile(r"9\s*\(2\)\s*\(([a-j])\)")
_A_BASIS_ROW = re.compile(r"ukgdpr\.6\.1\.(ea|[a-f])")
_KINDS = {
    AgencyKind.POLICE: "a police force",
    AgencyKind.FIRE_RESCUE: "a fire and rescue service",
    AgencyKind.AMBULANCE: "an ambulance service",
    AgencyKind.LOCAL_AUTHORITY: "a council",
    AgencyKind.COMBINED_AUTHORITY: "a combined authority",
    AgencyKind.POLICE_FIRE_CRIME_COMMISSIONER: "a commissioner",
    AgencyKind.ICB: "an integrated care board",
    AgencyKind.NHS_PROVIDER: "an NHS provider",
    AgencyKind.PROBATION: "the probation service",
    AgencyKind.PRISON: "a prison",
    AgencyKind.YOUTH_JUSTICE: "a youth justice service",
    AgencyKind.EDUCATION: "a school or college",
    AgencyKind.HOUSING: "a housing association",
    AgencyKind.VCSE: "a voluntary body",
    AgencyKind.RESILIENCE_FORUM: "a resilience forum",
    AgencyKind.UNIVERSITY: "a university",
    AgencyKind.UTILITY: "a utility",
    AgencyKind.GOVERNMENT: "a government department",
    AgencyKind.PUBLISHER: "a publisher",
    AgencyKind.SUPPLIER: "a supplier",
}


def a_body(kind: AgencyKind) -> str:
    """A kind of body in a sentence: `a voluntary body`."""
    return _KINDS[kind]


def gateways_named(partnership: Partnership, basis: LegalBasis) -> tuple[Gateway, ...]:
    """The rows that a footing names, in the order of their ids; one that no table holds is passed over."""
    known = {gateway.id for gateway in partnership.gateways}
    return tuple(partnership.gateway(row) for row in sorted(set(basis.gateways)) if row in known)


def carries_personal_data(gateway: Gateway) -> bool:
    """Whether a provision can carry personal data: a power, a duty to share, or a duty that implies one.

    A power read into a duty reaches as far as the duty needs and no farther; the table says of which
    duties it is read, and a named post verifies it.
    """
    implied = gateway.nature is GatewayNature.DUTY and gateway.implies_power
    return implied or gateway.nature in CARRIES_PERSONAL_DATA


def in_force(gateway: Gateway, on: date) -> bool:
    """Whether a provision's dates cover a day. A first day that nobody has looked up does not bar it."""
    begun = gateway.in_force_from is None or gateway.in_force_from <= on
    return begun and (gateway.in_force_to is None or on <= gateway.in_force_to)


def is_checked(gateway: Gateway) -> bool:
    """Whether a named post has checked the row against the law, and said when."""
    return gateway.status is Status.VERIFIED and bool(gateway.checked_by) and gateway.checked_on is not None


def article_6_letters(basis: LegalBasis) -> frozenset[str]:
    """The paragraphs of article 6(1) of the UK GDPR that a footing rests on: `e`, `ea`, ..."""
    rows = (_A_BASIS_ROW.fullmatch(row) for row in basis.gateways)
    return frozenset(_ARTICLE_6.findall(basis.article_6 or "")) | {row[1] for row in rows if row}


def article_9_letters(basis: LegalBasis) -> frozenset[str]:
    """The paragraphs of article 9(2) of the UK GDPR that a footing rests on: `g`, `h`, ..."""
    return frozenset(_ARTICLE_9.findall(basis.article_9 or ""))


def has_schedule_1_condition(basis: LegalBasis) -> bool:
    """Whether a footing names a condition of schedule 1 to the Data Protection Act 2018."""
    return basis.schedule_1 is not None or any(row.startswith(SCHEDULE_1_ROWS) for row in basis.gateways)


def factors_counted(partnership: Partnership, scenario: Scenario) -> frozenset[str]:
    """Those of a scenario's disadvantages that section 35 counts; none where the list is missing."""
    lists = (table for table in partnership.code_lists if table.id == DISADVANTAGE_FACTORS)
    return frozenset(row.code for table in lists for row in table.rows) & set(scenario.dea_factors)
