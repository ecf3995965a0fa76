"""The ground that maps are drawn on: the EU’s grid, and outlines that fit together."""

from itertools import pairwise

import pytest

from catalogue.maps import europe, land
from catalogue.maps.projection import forward
from catalogue.maps.view import FRAME, kilometres
from tools import make_map

# The projection


def test_the_projection_agrees_with_the_example_that_epsg_publishes():
    easting, northing = forward(50, 5)

    assert (round(easting, 3), round(northing, 3)) == (3962799.451, 2999718.853)


def test_the_origin_is_where_epsg_3035_has_it():
    assert [round(metres, 6) for metres in forward(52, 10)] == [4321000, 3210000]


def test_east_and_west_of_the_middle_meridian_mirror_each_other():
    (west, one), (east, other) = forward(46, 4), forward(46, 16)

    assert west + east == pytest.approx(2 * 4321000)
    assert one == pytest.approx(other)


def test_areas_are_equal_everywhere():
    """A square degree has the area that the ellipsoid gives it, near the middle and at the rim."""

    def square_degree(latitude, longitude):
        north = [(latitude + 1, longitude + share / 20) for share in range(21)]
        south = [(latitude, longitude + share / 20) for share in range(21)]
        ring = tuple(kilometres(*point) for point in [*south, *reversed(north)])
        return abs(land.area(ring))

    assert square_degree(46, 10) == pytest.approx(square_degree(46, 40), rel=1e-6)


# Outlines


def test_neighbours_have_the_same_vertices_along_their_border_at_every_level():
    for level in range(8):
        outlines = land.outlines(level)
        slovenia, austria, croatia = (
            {point for _, rings in outlines[code] for ring in rings for point in ring} for code in ("SI", "AT", "HR")
        )
        assert len(slovenia & austria) >= 2
        assert len(slovenia & croatia) >= 2


def test_every_border_of_slovenia_belongs_to_a_neighbour_too_or_to_the_sea():
    outlines = land.outlines(0)

    def sides(code):
        return {frozenset(side) for _, rings in outlines[code] for ring in rings for side in pairwise(ring)}

    neighbours = sides("AT") | sides("HR") | sides("HU") | sides("IT")
    coast = sides("SI") - neighbours
    assert len(coast) < 0.1 * len(sides("SI"))


def test_every_ring_is_closed():
    for level in (0, 4, 7):
        for polygons in land.outlines(level).values():
            assert all(ring[0] == ring[-1] for _, rings in polygons for ring in rings)


def test_even_the_smallest_countries_stay_at_the_coarsest_level():
    assert set(land.codes()) == set(land.outlines(7))
    assert {"MT", "SM", "VA", "LI", "XK", "CY", "SI"} <= set(land.codes())


def test_cyprus_is_one_island_and_aland_is_finlands():
    assert len(land.outlines(0)["CY"]) == 1
    assert not {"AX"} & set(land.codes())


def test_land_that_two_countries_share_is_drawn_without_a_gap():
    ptuj = {"country": "SI", "label": "Ptuj", "lat": 46.42, "lng": 15.87, "kind": "partner"}
    view = europe([ptuj]).view
    drawn = {country.code: {point for ring in country.rings for point in ring} for country in land.land(view)}

    assert len(drawn["SI"] & drawn["AT"]) > 10


def test_the_frame_of_the_views_is_the_frame_of_the_data():
    assert tuple(make_map.FRAME) == FRAME


def test_a_shared_arc_is_simplified_once_for_both_sides():
    border = [(0.0, 0.0), (10.0, 4.0), (20.0, 0.0), (30.0, 0.05), (40.0, 0.0)]

    vertices = make_map.simplify([(x + 4000, y + 3000) for x, y in border], is_kept=False)

    assert [(vertex.x / 2 - 4000, vertex.y / 2 - 3000) for vertex in vertices] == [(0, 0), (10, 4), (20, 0), (40, 0)]
    assert vertices[0].level == vertices[-1].level == make_map.ALWAYS


def test_clipping_keeps_what_is_inside_and_nothing_else():
    diamond = [(-50.0, 50.0), (50.0, 150.0), (150.0, 50.0), (50.0, -50.0), (-50.0, 50.0)]

    clipped = land.clip(diamond, (-50, -50, 150, 150), (0, 0, 100, 100))

    assert {(0, 0), (0, 100), (100, 0), (100, 100)} == {(round(x), round(y)) for x, y in clipped}
    assert land.clip(diamond, (-50, -50, 150, 150), (200, 200, 300, 300)) == []
