"""Flags on properties.

A column of a contract may name the values that put a flag on a property, or that say somebody visited it,
and for how many days they speak. Several services' flags on one property are put together by its keyed
address; no person is in it.
"""

from roundtable.insight.flags.overlap import flag_overlap
from roundtable.insight.flags.property_flags import property_flags
from tests.spec.runner import Spec


def test_flags_of_several_kinds(spec: Spec) -> None:
    """A flag can be the code of an event, the service of a contact, or a fact that came with either.

    The visit of the fire service says that somebody was there, and its risk band that the home is not
    safe. What no contract agrees on, a broken wrist here, is no flag.
    """
    spec(
        property_flags,
        """
        event
        event_id | dataset | source_table | code  | address_id | occurred_from | occurred_to
        e1       | falls   | admissions   | hip   | home       | 2024-03-01    | 2024-03-09
        e2       | falls   | admissions   | wrist | home       | 2024-03-01    | 2024-03-02
        """,
        """
        contact
        contact_id | dataset | source_table | service | address_id | started    | ended
        c1         | visits  | visits       | visit   | home       | 2024-02-01 |
        """,
        """
        detail
        of_id | dataset | name      | value
        c1    | visits  | risk_band | high
        """,
        """
        flag_code
        dataset | source_table | fact             | value | agency | kind  | since      | as_of
        falls   | admissions   | code             | hip   | trust  | flag  | 2023-01-01 | 2024-06-01
        visits  | visits       | service          | visit | fire   | visit | 2023-01-01 | 2024-06-01
        visits  | visits       | detail:risk_band | high  | fire   | flag  | 2023-01-01 | 2024-06-01
        """,
        expect="""
        property_flags
        address_id | agency | dataset | kind  | flag  | first_on   | last_on    | records
        home       | fire   | visits  | flag  | high  | 2024-02-01 | 2024-02-01 | 1
        home       | fire   | visits  | visit | visit | 2024-02-01 | 2024-02-01 | 1
        home       | trust  | falls   | flag  | hip   | 2024-03-01 | 2024-03-09 | 1
        """,
    )


def test_flags_fade(spec: Spec) -> None:
    """A flag speaks while its last day is recent enough; what lies after the day described is not known yet.

    The fall of 2021 has faded and that of July has not happened. On the first day that counts it still
    speaks. Two falls are one flag, from the first to the last.
    """
    spec(
        property_flags,
        """
        event
        event_id | dataset | source_table | code | address_id | occurred_from | occurred_to
        e1       | falls   | admissions   | hip  | old        | 2021-05-01    | 2022-12-31
        e2       | falls   | admissions   | hip  | edge       | 2022-12-31    | 2023-01-01
        e3       | falls   | admissions   | hip  | later      | 2024-07-01    | 2024-07-02
        e4       | falls   | admissions   | hip  | twice      | 2023-04-01    | 2023-04-02
        e5       | falls   | admissions   | hip  | twice      | 2024-04-01    | 2024-04-05
        """,
        """
        contact
        contact_id | dataset
        """,
        """
        detail
        of_id | dataset
        """,
        """
        flag_code
        dataset | source_table | fact | value | agency | kind | since      | as_of
        falls   | admissions   | code | hip   | trust  | flag | 2023-01-01 | 2024-06-01
        """,
        expect="""
        property_flags
        address_id | flag | first_on   | last_on    | records
        edge       | hip  | 2022-12-31 | 2023-01-01 | 1
        twice      | hip  | 2023-04-01 | 2024-04-05 | 2
        """,
    )


def test_what_goes_on(spec: Spec) -> None:
    """A contact without a last day goes on where its contract has a column for that day.

    Care that began years ago and has not ended is a flag today; a visit without a last day was on one day,
    and has faded. Care that ended long ago has faded too. A row without an address flags nothing.
    """
    spec(
        property_flags,
        """
        event
        event_id | dataset
        """,
        """
        contact
        contact_id | dataset | source_table | service | address_id | started    | ended
        c1         | care    | cases        | daily   | cared      | 2015-01-01 |
        c2         | care    | cases        | daily   | was        | 2015-01-01 | 2016-01-01
        c3         | visits  | visits       | visit   | visited    | 2015-01-01 |
        c4         | care    | cases        | daily   |            | 2024-01-01 |
        """,
        """
        detail
        of_id | dataset
        """,
        """
        flag_code
        dataset | source_table | fact    | value | agency  | kind  | goes_on | since      | as_of
        care    | cases        | service | daily | council | flag  | yes     | 2023-06-01 | 2024-06-01
        visits  | visits       | service | visit | fire    | visit | no      | 2023-06-01 | 2024-06-01
        """,
        expect="""
        property_flags
        address_id | agency  | kind | first_on   | last_on    | records
        cared      | council | flag | 2015-01-01 | 2024-06-01 | 1
        """,
    )


def test_overlap(arrow_spec: Spec) -> None:
    """Homes are counted by the services that have flagged them; a visit is no flag, and takes a home off.

    The first home has been flagged by two services and visited; the second by the same two, and not.
    """
    arrow_spec(
        flag_overlap,
        """
        property_flags
        address_id | agency  | kind  | flag
        first      | council | flag  | daily
        first      | trust   | flag  | hip
        first      | trust   | flag  | wrist
        first      | fire    | visit | visit
        second     | council | flag  | daily
        second     | trust   | flag  | hip
        third      | fire    | flag  | high
        fourth     | fire    | visit | visit
        """,
        expect="""
        flag_overlap
        agencies      | services | homes | unvisited
        council+trust | 2        | 2     | 1
        fire          | 1        | 1     | 1
        """,
    )
