"""The tables of what the fire service, the ambulance service and the NHS trusts know of."""

from __future__ import annotations

from roundtable.county.happenings.shapes import (
    DAY,
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

#: Why an ambulance was called. The contract `ambulance-see-and-treat` knows the first four and `other`.
AMBULANCE_REASONS = (
    "fall",
    "breathing",
    "mental health",
    "social",
    "chest pain",
    "collapse",
    "assault",
    "overdose",
    "other",
)
#: Why somebody came to an emergency department.
ED_REASONS = (
    "fall",
    "injury",
    "assault",
    "self-harm",
    "mental health",
    "alcohol or drugs",
    "breathing",
    "chest pain",
    "collapse",
    "other",
)
SITES = ("Scarborough", "York", "Harrogate", "Northallerton")
INJURIES = ("none", "bruise or sprain", "wound", "head", "hip fracture", "other fracture")

FIRE = shape(
    "fire",
    "One incident that the fire service went to.",
    ("occupier", "casualty"),
    *PLACED,
    coded(
        "code",
        "Kind of incident.",
        "dwelling fire",
        "other building fire",
        "vehicle fire",
        "outdoor fire",
        "false alarm, apparatus",
        "false alarm, good intent",
        "special service",
    ),
    coded(
        "cause",
        "What is thought to have begun it.",
        "cooking",
        "smoking materials",
        "electrical",
        "heating",
        "candle",
        "deliberate",
        "none",
    ),
    coded("alarm", "Smoke alarm.", "sounded", "did not sound", "none fitted", "not applicable"),
    Column("casualties", SMALL, "People hurt."),
    Column("deaths", SMALL, "People killed."),
    Column("appliances", SMALL, "Appliances sent."),
)

HOME_SAFETY_VISIT = shape(
    "home_safety_visit",
    "One home fire safety visit, held or tried.",
    ("occupier",),
    coded("code", "What came of it.", "visited", "refused", "no answer"),
    coded(
        "referred_by",
        "Who asked for it.",
        "self",
        "adult social care",
        "ambulance",
        "housing",
        "police",
        "after a fire",
    ),
    coded("risk_band", "Band after the visit.", "low", "medium", "high", "very high"),
    Column("smoker", YES_NO, "Somebody smokes indoors."),
    Column("oxygen_in_use", YES_NO, "Home oxygen in use."),
    Column("lives_alone", YES_NO, "The person lives alone."),
    Column("alarm_fitted", YES_NO, "A working alarm was left behind."),
    Column("clutter_rating", SMALL, "Clutter image rating, 1 to 9."),
    coded("blocked_exit", "A way out is blocked.", "yes", "no", "unknown"),
)

FALL = shape(
    "fall",
    "One fall of somebody aged 65 or over, whether or not anyone was told: a row whose code is "
    "`nobody told` is truth, and no agency may send it.",
    ("patient",),
    coded("code", "Who came.", "nobody told", "helped up at home", "ambulance", "emergency department"),
    coded("where", "Where it was.", "indoors", "stairs", "garden", "street"),
    coded("injury", "Main injury.", *INJURIES),
    Column("long_lie", YES_NO, "On the floor for over an hour."),
)

AMBULANCE = shape(
    "ambulance",
    "One incident that the ambulance service answered.",
    ("patient",),
    *PLACED,
    coded("code", "Chief complaint group.", *AMBULANCE_REASONS),
    coded("category", "Call category.", "1", "2", "3", "4"),
    coded("outcome", "What was done.", "hear and treat", "see and treat", "conveyed", "refused"),
    maybe("arrived", INSTANT, "When a crew came; null where none did."),
    Column("conveyed", YES_NO, "Taken to hospital."),
    Column("calls_90d", SMALL, "Calls about the same person in the ninety days before."),
    maybe("cause", NUMBER, "The event behind it, such as a fall or a crime."),
)

ED_ATTENDANCE = shape(
    "ed_attendance",
    "One attendance at an emergency department for an injury, a mental-health need, a breath or heart "
    "complaint or a collapse. Other attendances, about two in three, are not generated.",
    ("patient",),
    coded("code", "Presenting complaint group.", *ED_REASONS),
    coded("site", "Hospital.", *SITES),
    coded("arrival_mode", "How they came.", "walk-in", "ambulance", "police", "other"),
    Column("departed", INSTANT, "When they left the department."),
    coded("triage", "Triage category, 1 is most urgent.", "1", "2", "3", "4", "5"),
    coded("injury", "Main injury.", *INJURIES),
    coded(
        "weapon", "For assault: weapon told of at reception.", "none", "blade", "glass", "blunt", "not asked"
    ),
    coded("disposal", "Where to.", "home", "admitted", "left before seen", "other hospital", "died"),
    maybe("cause", NUMBER, "The event behind it, such as a fall, a crime or an ambulance incident."),
)

HOSPITAL_ADMISSION = shape(
    "hospital_admission",
    "One emergency admission; `until` is the day of discharge.",
    ("patient",),
    coded("code", "Why, as in ed_attendance.", *ED_REASONS),
    coded("site", "Hospital.", *SITES),
    coded("injury", "Main injury.", *INJURIES),
    Column("falls_12m", SMALL, "Earlier falls known to hospital or ambulance, twelve months."),
    coded("discharged_to", "Where to.", "own home", "care home", "other hospital", "died", "unknown"),
    maybe("attendance", NUMBER, "The event of the emergency attendance."),
)

CRISIS_CONTACT = shape(
    "crisis_contact",
    "One contact with the mental-health crisis team.",
    ("patient",),
    coded(
        "code",
        "How they came: the contract's route.",
        "telephone",
        "police",
        "emergency department",
        "ambulance",
        "walk-in",
    ),
    Column("crisis_plan", YES_NO, "A plan agreed with the person exists."),
    maybe("plan_reviewed", DAY, "When the plan was last reviewed."),
    coded(
        "next_step", "What was arranged.", "advice", "home treatment", "community team", "admission", "haven"
    ),
)

S136 = shape(
    "s136",
    "One detention under section 136 of the Mental Health Act 1983.",
    ("patient",),
    *PLACED,
    coded("code", "Where taken.", "health suite", "emergency department", "police station", "other"),
    Column("officer_hours", SHARE, "Officer hours until handed over."),
    coded(
        "result", "What the assessment decided.", "admitted", "community follow-up", "no follow-up", "unknown"
    ),
    Column("advice_sought", YES_NO, "A mental-health professional was asked first."),
    Column("officer", TEXT, "Collar number of the officer, as N00123."),
)

HEALTH_TABLES = (
    FIRE,
    HOME_SAFETY_VISIT,
    FALL,
    AMBULANCE,
    ED_ATTENDANCE,
    HOSPITAL_ADMISSION,
    CRISIS_CONTACT,
    S136,
)
