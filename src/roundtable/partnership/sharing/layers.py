"""The five layers of interoperability and what each level of each asks for.

The layers are the European Interoperability Framework's legal, organisational, semantic and technical,
with confidence beside them: the Centre of Excellence for Information Sharing found that law and
technology are needed and do not suffice without the people. The five levels, 0 to 4, are this product's
proposal and no standard's.
"""

from __future__ import annotations

from enum import StrEnum

from roundtable.partnership.model.interoperability import AssessedLayer

TOP = 4


class Layer(StrEnum):
    """The layers, in the order in which they are named."""

    LEGAL = "legal"
    ORGANISATIONAL = AssessedLayer.ORGANISATIONAL.value
    SEMANTIC = AssessedLayer.SEMANTIC.value
    TECHNICAL = AssessedLayer.TECHNICAL.value
    CONFIDENCE = AssessedLayer.CONFIDENCE.value


_MEANS: dict[Layer, tuple[str, str, str, str, str]] = {
    Layer.LEGAL: (
        "no basis in law is known",
        "a power in law is believed to serve",
        "the power has been reviewed, and there is an impact assessment",
        "an agreement is in force and covers every field",
        "the agreement is reviewed on time and published",
    ),
    Layer.ORGANISATIONAL: (
        "the two have no contact about it",
        "there is a named post on each side",
        "the process and its thresholds are agreed",
        "there are service levels, a way to escalate, and word back to the sender",
        "capacity is committed to act on what arrives",
    ),
    Layer.SEMANTIC: (
        "it is free text",
        "the two share a glossary",
        "the fields are mapped and the share of records that match is measured",
        "code lists are shared, and more than 95 % of records carry a common key",
        "the contract is tested",
    ),
    Layer.TECHNICAL: (
        "there is no means of passing it",
        "it goes by e-mail or telephone",
        "it goes as a file",
        "it goes by an interface or as events, and is monitored",
        "the contract is tested, and the transfer stands failures",
    ),
    Layer.CONFIDENCE: (
        "people believe that they are not allowed",
        "it rests on the goodwill of individuals",
        "both sides have been trained together",
        "it is looked at in supervision",
        "it is measured, and improving",
    ),
}


def means(layer: Layer, level: int) -> str:
    """What a level of a layer says of a flow, in a clause."""
    return _MEANS[layer][level]


def next_step(layer: Layer, level: int) -> str:
    """What has to become true for the next level, in a sentence; at the top there is nothing more."""
    if level >= TOP:
        return f"The {layer} layer stands at its highest level."
    return f"To reach {layer} level {level + 1}: {means(layer, level + 1)}."
