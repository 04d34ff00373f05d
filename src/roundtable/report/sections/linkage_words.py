"""What the page calls the measures of linkage and the groups that they are taken of."""

from __future__ import annotations

BREAKDOWNS = {"sex": "Sex", "age": "Age", "naming": "Shape of the name", "home": "Home"}
#: Groups in the order in which they stand; those of age and any other stand in their own.
PARTS = {
    "f": "Female",
    "m": "Male",
    "no_shape_known": "No shape known",
    "several_surnames": "Surname of several words",
    "with_particle": "With a particle (van, de, da)",
    "mac_and_o": "Mac, Mc, Fitz or O’",
    "slavic_or_baltic": "Slavic or Baltic ending",
    "romanian": "Romanian ending",
    "south_asian": "South Asian",
    "arabic_or_persian": "Arabic or Persian",
    "east_asian": "East Asian",
    "west_african": "West African",
    "address": "An address",
    "postcode_alone": "A postcode alone",
    "communal": "A communal place",
    "no_fixed_address": "No fixed address",
    "not_said": "Not said",
}
MEASURES = {
    "linked": "known to another agency too",
    "precision": "expected precision",
    "recall": "expected recall",
    "certainty": "certainty",
    "grey": "in the grey zone",
    "unlinkable": "nothing to link by",
}
#: What a column holds, as a sentence says it.
COLUMNS = {
    "source_person": "the source’s own number",
    "given": "a given name",
    "middle": "a middle name",
    "surname": "a surname",
    "former_surname": "a former surname",
    "known_as": "what they are called",
    "date_of_birth": "a date of birth",
    "sex": "a sex",
    "nhs_number": "an NHS number",
    "other_number": "another number that crosses sources",
    "mobile": "a mobile number",
    "landline": "a landline",
    "email": "an e-mail address",
    "postcode": "a postcode",
    "address_key": "an address in words",
    "address_id": "an address by its UPRN",
}


def part_name(part: str) -> str:
    """What to call a group: `18-24` is `18 to 24`, `80+` is `80 and over`."""
    if part in PARTS:
        return PARTS[part]
    return part.replace("-", " to ").replace("+", " and over")


def part_order(part: str) -> tuple[int, str]:
    """Where a group stands: known ones in their order, ages by age, what is not said last."""
    if part in PARTS:
        return list(PARTS).index(part) + 1, ""
    return 0, part.split("-")[0].rstrip("+").zfill(3)
