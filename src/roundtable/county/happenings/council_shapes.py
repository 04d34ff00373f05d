"""The tables of what councils, schools, landlords and charities know of."""

from __future__ import annotations

from roundtable.county.happenings.shapes import (
    NUMBER,
    SHARE,
    SMALL,
    TEXT,
    YES_NO,
    Column,
    coded,
    maybe,
    shape,
)

SAFEGUARDING_ADULT = shape(
    "safeguarding_adult",
    "One safeguarding concern about an adult.",
    ("vulnerable adult",),
    coded(
        "code",
        "Kind of abuse or neglect.",
        "neglect",
        "self-neglect",
        "physical",
        "psychological",
        "financial",
        "domestic",
        "sexual",
        "organisational",
    ),
    coded(
        "referrer", "Who told.", "care provider", "health", "police", "ambulance", "family", "housing", "fire"
    ),
    coded("place", "Where.", "own home", "care home", "hospital", "community"),
    Column("enquiry", YES_NO, "It became an enquiry under section 42 of the Care Act 2014."),
    coded("outcome", "What became of the risk.", "not an enquiry", "remains", "reduced", "removed"),
)

SOCIAL_CARE_ADULT = shape(
    "social_care_adult",
    "One spell of care that the council arranged; a change of level ends it and begins another.",
    ("patient",),
    coded(
        "code",
        "Care in place: the contract's care_level.",
        "none",
        "reablement",
        "home care",
        "home care four times a day",
        "residential",
    ),
    Column("lives_alone", YES_NO, "The person lives alone."),
    Column("unpaid_carer", YES_NO, "Somebody cares unpaid."),
    Column("visits_week", SMALL, "Visits a week."),
    Column("safeguarding_12m", YES_NO, "An enquiry in the twelve months before it began."),
)

CHILD_IN_NEED = shape(
    "child_in_need",
    "One spell of a child at one level of help; a step up or down ends it and begins another.",
    ("child",),
    coded(
        "code",
        "The contract's status.",
        "early help",
        "child in need",
        "child protection plan",
        "looked after",
    ),
    maybe("case", NUMBER, "The event that the child's case began with: the same for every spell of a case."),
    coded(
        "main_factor",
        "Main factor at assessment.",
        "domestic abuse",
        "parental mental health",
        "parental substance misuse",
        "neglect",
        "child's disability",
        "going missing or exploitation",
        "other",
    ),
    coded("referrer", "Who told.", "police", "school", "health", "family", "council", "other"),
    Column("school_known", YES_NO, "The school is recorded."),
)

SCHOOL_TERM = shape(
    "school_term",
    "One pupil in one school term: `at` its first day, `until` its last.",
    ("pupil",),
    Column("code", TEXT, "The term, as 2026-autumn."),
    Column("school", TEXT, "The school's number in the made-up list, as SCH00012."),
    Column("year_group", SMALL, "0 is reception, 11 the last."),
    Column("sessions_possible", SMALL, "Half-days possible."),
    Column("sessions_missed", SMALL, "Half-days missed."),
    Column("suspensions", SMALL, "Suspensions in the term."),
    Column("part_time", YES_NO, "On a reduced timetable."),
    Column("free_meals", YES_NO, "Eligible for free school meals."),
    coded("special_needs", "Special educational needs.", "none", "support", "plan"),
)

EXCLUSION = shape(
    "exclusion",
    "One suspension or permanent exclusion.",
    ("pupil",),
    coded("code", "Which.", "suspension", "permanent"),
    coded(
        "reason",
        "The main reason.",
        "persistent disruption",
        "assault on a pupil",
        "assault on an adult",
        "threats",
        "drugs or alcohol",
        "other",
    ),
    Column("days", SHARE, "School days; 0 for a permanent exclusion."),
    Column("school", TEXT, "The school's number in the made-up list."),
)

RENT_ARREARS = shape(
    "rent_arrears",
    "One month-end at which a social tenant owed four weeks' rent or more.",
    ("tenant",),
    coded("code", "How far it has gone.", "letters", "agreement", "notice served", "court"),
    Column("tenancy", NUMBER, "The tenancy: the household's number."),
    maybe("spell", NUMBER, "The event of the first month of this spell of arrears."),
    Column("arrears_weeks", SHARE, "Weeks of rent owed."),
    Column("balance", SMALL, "Owed, in pounds."),
)

COUNCIL_TAX_ARREARS = shape(
    "council_tax_arrears",
    "One household's council tax of one financial year that went to recovery.",
    ("liable person",),
    coded("code", "How far it went.", "final notice", "summons", "liability order", "enforcement agent"),
    Column("account", NUMBER, "The account: the household's number."),
    Column("year", TEXT, "The financial year, as 2025/26."),
    Column("balance", SMALL, "Owed when it went furthest, in pounds."),
    Column("paid", YES_NO, "Paid since."),
)

HOMELESSNESS = shape(
    "homelessness",
    "One household owed a duty as homeless, or threatened with it.",
    ("applicant", "child"),
    coded("code", "The duty owed first.", "prevention", "relief"),
    coded(
        "reason",
        "Why the last settled home was lost.",
        "end of private tenancy",
        "family or friends no longer able",
        "domestic abuse",
        "rent arrears",
        "left institution",
        "relationship ended",
        "other",
    ),
    Column("children", SMALL, "Children in the household."),
    Column("rough_sleeping", YES_NO, "Sleeping rough when first seen."),
    coded(
        "temporary",
        "Temporary accommodation.",
        "none",
        "bed and breakfast",
        "hostel",
        "refuge",
        "self-contained",
    ),
    coded("outcome", "How the duty ended.", "home secured", "main duty", "lost contact", "other", "open"),
    coded(
        "support_need",
        "First support need.",
        "none",
        "mental health",
        "substance misuse",
        "offending",
        "domestic abuse",
        "physical health",
    ),
)

SUPPORT_SERVICE = shape(
    "support_service",
    "One client's case with the domestic abuse charity.",
    ("client",),
    coded("code", "The service, by the id of its file.", "independent-adviser", "refuge", "outreach"),
    coded("referrer", "Who referred.", "police", "self", "health", "children's services", "housing", "other"),
    Column("days_to_contact", SMALL, "Days until the first safe contact."),
    Column("refuge_needed", YES_NO, "Refuge asked for."),
    Column("refuge_found", YES_NO, "Refuge found."),
    Column("safe_address_only", YES_NO, "The address must be kept secret."),
    coded("result", "What came of it.", "plan completed", "client left", "no contact", "open"),
)

SERVICE_USE = shape(
    "service_use",
    "One person's course with another service; the code is the id of the service's file in the example.",
    ("client",),
    coded(
        "code",
        "The service.",
        "strength-and-balance",
        "family-early-help",
        "crisis-haven",
        "tenancy-sustainment",
        "community-connectors",
        "youth-diversion",
        "frequent-contact-support",
        "substance-treatment",
        "coastal-outreach",
    ),
    coded(
        "referrer", "Who referred.", "self", "police", "health", "ambulance", "council", "housing", "school"
    ),
    Column("contacts", SMALL, "Contacts held."),
    coded("result", "What came of it.", "completed", "left early", "declined", "open"),
    maybe("trigger", NUMBER, "The event that the referral followed; null where there was none."),
)

COUNCIL_TABLES = (
    SAFEGUARDING_ADULT,
    SOCIAL_CARE_ADULT,
    CHILD_IN_NEED,
    SCHOOL_TERM,
    EXCLUSION,
    RENT_ARREARS,
    COUNCIL_TAX_ARREARS,
    HOMELESSNESS,
    SUPPORT_SERVICE,
    SERVICE_USE,
)
