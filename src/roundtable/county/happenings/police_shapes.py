"""The tables of what the police, the youth justice service and probation know of."""

from __future__ import annotations

from roundtable.county.happenings.shapes import (
    INSTANT,
    NUMBER,
    PLACED,
    SHARE,
    SMALL,
    TEXT,
    YES_NO,
    Column,
    coded,
    maybe,
    shape,
)

GRADES = ("emergency", "priority", "scheduled", "telephone")
OFFICER = Column("officer", TEXT, "Collar number of the officer who recorded it, as N00123.")
GRADE = coded("grade", "How fast the control room asked for somebody.", *GRADES)

CRIME = shape(
    "crime",
    "One recorded crime.",
    ("victim", "suspect"),
    *PLACED,
    Column("code", TEXT, "Home Office offence code, as in reference/offences.csv: 8N, 105A, 28E."),
    Column("subgroup", TEXT, "Home Office offence subgroup in words, as in reference/offences.csv."),
    Column("category", TEXT, "The category of data.police.uk that the offence falls in."),
    coded("place", "What kind of place.", "home", "street", "shop", "licensed premises", "public place"),
    GRADE,
    OFFICER,
    coded(
        "outcome",
        "How the investigation stands.",
        "charged",
        "out-of-court disposal",
        "no suspect identified",
        "victim does not support",
        "evidential difficulties",
        "under investigation",
    ),
    coded("weapon", "Weapon used or carried.", "none", "blade", "blunt", "glass", "other"),
    Column("domestic", YES_NO, "Flagged as domestic abuse; its row in `domestic_abuse` names this one."),
    Column("alcohol", YES_NO, "Flagged as drink-related."),
)

DOMESTIC_ABUSE = shape(
    "domestic_abuse",
    "One domestic abuse incident that the police recorded, crime or not.",
    ("victim", "suspect", "child"),
    *PLACED,
    coded("code", "Whether a crime was recorded.", "domestic crime", "domestic incident"),
    maybe("crime", NUMBER, "The event of the crime recorded; null for an incident without one."),
    coded("relationship", "The suspect's part in the victim's life.", "partner", "ex-partner", "family"),
    coded("dash_grade", "Risk after professional judgement.", "standard", "medium", "high"),
    Column("dash_score", SMALL, "Ticks on the checklist, 0 to 27."),
    Column("children", SMALL, "Children under 18 who live there."),
    coded("school_notified", "Schools told.", "yes", "no", "not of school age", "school unknown"),
    Column("repeat_12m", SMALL, "Recorded incidents with this victim in the twelve months before."),
    Column("technology_abuse", YES_NO, "Tracking, cameras, accounts or shared devices used to control."),
    Column("consent", YES_NO, "The victim agreed to support being told."),
    GRADE,
    OFFICER,
)

MARAC = shape(
    "marac",
    "One case at one multi-agency meeting on domestic abuse at high risk.",
    ("victim",),
    coded("code", "Whether it was heard before.", "first", "repeat"),
    maybe("incident", NUMBER, "The event of the domestic abuse incident that led to it."),
    coded(
        "referrer",
        "Who brought it.",
        "police",
        "adviser",
        "health",
        "housing",
        "children's services",
        "other",
    ),
    Column("children", SMALL, "Children in the home."),
    Column("technology_abuse", YES_NO, "Tracking, cameras, accounts or shared devices used to control."),
    Column("actions_agreed", SMALL, "Actions agreed."),
    Column("actions_done_28d", SMALL, "Actions done within 28 days."),
    Column(
        "protected_address", YES_NO, "The victim lives at a refuge or an address that must be kept secret."
    ),
)

NOTICE = shape(
    "notice",
    "One public protection notice that an officer sent.",
    ("victim", "child in home", "vulnerable adult"),
    coded("code", "Why it was sent.", "adult", "child", "domestic abuse", "missing", "mental health"),
    maybe("source", NUMBER, "The event that led to it."),
    coded("subject_role", "Part of the subject.", "victim", "child in home", "vulnerable adult"),
    Column("child_voice", YES_NO, "The child's own words were written down."),
    Column("consent", YES_NO, "The adult agreed to sharing."),
    OFFICER,
)

MISSING = shape(
    "missing",
    "One episode of somebody missing.",
    ("missing person",),
    *PLACED,
    coded("code", "Who is missing.", "child", "child in care", "adult"),
    Column("found_at", INSTANT, "When found."),
    Column("hours_missing", SHARE, "Hours from the report until found."),
    maybe("found_area", TEXT, "The small area where found."),
    coded("risk_grade", "Grade given.", "no apparent risk", "low", "medium", "high"),
    Column("interview_held", YES_NO, "A return interview was held within three days."),
    Column("exploitation", YES_NO, "Signs of exploitation noted."),
    coded("harm", "What became of the person.", "none", "hurt", "dead"),
    OFFICER,
)

ANTISOCIAL = shape(
    "antisocial",
    "One report of anti-social behaviour.",
    ("caller", "subject"),
    *PLACED,
    coded("code", "National kind.", "personal", "nuisance", "environmental"),
    coded(
        "topic",
        "What it was about.",
        "noise",
        "neighbours",
        "rowdy or drunk",
        "young people",
        "vehicles",
        "drugs",
        "litter or damage",
    ),
    GRADE,
    OFFICER,
)

CONCERN_CALL = shape(
    "concern_call",
    "One call to the police about somebody's safety.",
    ("subject", "caller"),
    *PLACED,
    coded(
        "code",
        "Kind of concern, for the contract's welfare_type.",
        "welfare check",
        "mental health",
        "missing",
        "collapsed behind doors",
        "other",
    ),
    coded(
        "closing_code",
        "How the call was closed.",
        "attended, all well",
        "attended, passed to partner",
        "passed to ambulance",
        "advice given",
        "no trace",
    ),
    GRADE,
    OFFICER,
)

YOUTH_JUSTICE = shape(
    "youth_justice",
    "One case of a child with the youth justice service.",
    ("child",),
    coded("code", "How they came: the contract's route.", "diversion", "out-of-court", "court order"),
    maybe("crime", NUMBER, "The event of the crime that led to it."),
    Column("exploitation_referral", YES_NO, "Referred to the national mechanism for modern slavery."),
    coded("education_status", "Where taught.", "school", "alternative provision", "none", "unknown"),
)

PROBATION = shape(
    "probation",
    "One order or licence of an adult under supervision.",
    ("subject",),
    coded("code", "Kind of order.", "community order", "suspended sentence", "licence"),
    maybe("crime", NUMBER, "The event of the crime that led to it."),
    coded("programme", "Programme in the order.", "none", "relationship programme", "one-to-one", "other"),
    Column("weeks_waiting", SMALL, "Weeks waited for a place; 0 where there is no programme."),
    Column("completed", YES_NO, "Programme completed."),
)

POLICE_TABLES = (
    CRIME,
    DOMESTIC_ABUSE,
    MARAC,
    NOTICE,
    MISSING,
    ANTISOCIAL,
    CONCERN_CALL,
    YOUTH_JUSTICE,
    PROBATION,
)
