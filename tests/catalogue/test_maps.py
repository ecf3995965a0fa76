"""Maps: true to the EU's grid, light enough to stand in a page, and inventing no place."""

import re
import time
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from catalogue.maps import europe, labels, land, layers, routes_from
from catalogue.maps.graticule import graticule
from catalogue.maps.places import safe_url
from catalogue.maps.symbols import kind_of, outline
from catalogue.maps.view import kilometres

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("project", "programme", "result", "practice", "event", "adoption", "area", "measure", "indicator", "partner")


def place(country, label="", lat=None, lng=None, **more):
    return {"country": country, "label": label, "lat": lat, "lng": lng, "kind": "partner", **more}


PTUJ = place("SI", "Ptuj", 46.42, 15.87)
SMART_REGION = [
    PTUJ,
    *(place(country) for country in ("SI", "AT", "AT", "DE")),
    place("AT", "Styria", 47.07, 15.44),
    place("DE", "Gera–Ronneburg", 50.87, 12.13),
    place("SK", "Prešov", 49.0, 21.24),
    place("SK", "Prešov", 49.0, 21.24),
    place("HU", "Somogy", 46.36, 17.79),
    place("HU", "Tolna", 46.43, 18.78),
    place("IT", "Veneto", 45.44, 12.32),
    place("HR", "Osijek", 45.55, 18.69),
    place("HR", "Varaždin", 46.31, 16.34),
    place("CSXX", "Vojvodina", 45.27, 19.83),
]
TOWNS = [
    ("SI", 46.42, 15.87),
    ("SI", 45.55, 13.73),
    ("AT", 47.07, 15.44),
    ("IT", 45.41, 11.88),
    ("HR", 45.55, 18.69),
    ("SK", 49.0, 21.24),
    ("DE", 50.87, 12.13),
    ("HU", 46.43, 18.78),
    ("ES", 39.47, -0.38),
    ("PT", 37.02, -7.93),
    ("MT", 35.88, 14.5),
    ("CY", 35.17, 33.36),
]
TWELVE = [place(country, f"{number}", lat, lng) for number, (country, lat, lng) in enumerate(TOWNS, 1)]


def smart_region(**more):
    return europe(SMART_REGION, routes=routes_from(PTUJ, SMART_REGION), variant="wide", label="Partners", **more)


def draw(arguments="places=places label='Map'", **context):
    return Template("{% load maps %}{% map " + arguments + " %}").render(Context(context))


def svg_of(html):
    return ElementTree.fromstring(
        html[html.index("<svg") : html.index("</svg>") + 6].replace("<svg", f'<svg xmlns="{SVG[1:-1]}"')
    )


def texts(drawn, layer=0):
    return {label.text: label.count for label in drawn.layers[layer].labels}


# What is seen


def test_a_view_is_never_tighter_than_a_region():
    box = europe([PTUJ]).view.box()

    assert round(box[2] - box[0]) >= 430


def test_the_view_follows_the_places_and_holds_them_all():
    drawn = smart_region()

    assert all(drawn.view.holds(kilometres(each["lat"], each["lng"])) for each in SMART_REGION if each["lat"])


def test_a_size_of_ones_own_gives_the_shape():
    view = europe([PTUJ], size=(400, 400)).view

    left, bottom, right, top = view.box()
    assert right - left == pytest.approx(top - bottom)


def test_without_places_the_whole_of_europe_is_seen():
    box = europe(variant="wide").view.box()

    for latitude, longitude in ((38.7, -9.1), (60.2, 24.9), (35.2, 33.4), (64.1, -21.9)):  # Lisbon to Reykjavík
        x, y = kilometres(latitude, longitude)
        assert box[0] < x < box[2] and box[1] < y < box[3]


def test_views_of_one_region_share_their_land():
    one, other = europe([PTUJ]), europe([place("SI", "Ptuj, castle", 46.43, 15.86)])

    assert one.view == other.view
    assert one.land is not other.land and one.land == other.land


def test_places_on_other_continents_are_told_and_not_drawn():
    drawn = europe([PTUJ, place("BR", "Curitiba", -25.43, -49.27)])

    assert drawn.outside == 1
    assert [label.text for label in drawn.layers[0].labels] == ["Ptuj"]
    assert drawn.description == "Slovenia 1, Brazil 1"


# Countries


def test_where_a_source_names_only_a_country_the_map_counts_it_there_and_invents_no_place():
    drawn = europe([place("SI"), place("IT"), place("IT")], variant="wide")

    assert [layer.marks for layer in drawn.layers] == [(), (), ()]
    assert texts(drawn)["Italy"] == 2
    assert drawn.description == "Slovenia 1, Italy 2"


def test_the_fifteen_partners_are_all_there():
    drawn = smart_region()

    shown = texts(drawn)
    assert {"Ptuj", "Styria", "Gera–Ronneburg", "Prešov", "Somogy", "Tolna", "Veneto", "Osijek"} <= set(shown)
    assert (shown["Austria"], shown["Serbia and Montenegro"], shown["Prešov"]) == (3, 1, 2)
    assert len(drawn.layers[0].marks) == 10
    assert len(drawn.routes) == 9


def test_a_state_that_is_gone_is_drawn_as_its_successors_land():
    drawn = europe([place("CSXX")], variant="wide")
    tinted = [shape.is_highlighted for shape in drawn.land]
    codes = [country.code for country in land.land(drawn.view)]

    assert [code for code, is_tinted in zip(codes, tinted, strict=True) if is_tinted] == ["ME", "RS"]


def test_a_count_finds_room_even_for_a_country_too_small_to_be_drawn():
    drawn = europe([place("MT"), place("LI"), place("SE"), place("PT")], variant="mini")

    assert [label.count for label in drawn.layers[0].labels] == [1, 1, 1, 1]


def test_countries_are_named_in_the_readers_language():
    with override("sl"):
        drawn = europe([place("AT")], variant="wide")

    assert texts(drawn) == {"Avstrija": 1}
    assert texts(europe([place("AT")], variant="wide", language="de")) == {"Österreich": 1}


def test_only_the_named_countries_are_tinted():
    drawn = europe([PTUJ], highlight=["HU"])
    codes = [country.code for country in land.land(drawn.view)]

    assert [code for code, shape in zip(codes, drawn.land, strict=True) if shape.is_highlighted] == ["HU"]


# Marks and names


def test_names_never_cover_each_other_nor_the_marks():
    for drawn in (smart_region(), europe(SMART_REGION, routes=routes_from(PTUJ, SMART_REGION), variant="bleed")):
        for layer in drawn.layers:
            rects = [labels.rect_of(label) for label in layer.labels] + [mark.rect for mark in layer.marks]
            marks = {mark.rect for mark in layer.marks}
            for index, one in enumerate(rects):
                for other in rects[index + 1 :]:
                    are_marks = one in marks and other in marks
                    assert are_marks or not labels.overlap(one, other)


def test_names_stay_within_the_map():
    drawn = smart_region()

    for label in drawn.layers[0].labels:
        left, top, right, bottom = labels.rect_of(label)
        assert min(left, top) >= 0 and right <= drawn.view.width and bottom <= drawn.view.height


def test_a_long_list_has_numbers_that_match_it():
    many = [place("IT", f"Town {number}", 42 + number / 6, 9 + number % 5) for number in range(1, 21)]

    drawn = europe(many)

    assert [mark.number for mark in drawn.layers[0].marks] == [str(number) for number in range(1, 21)]
    assert drawn.layers[0].labels == ()


def test_numbers_count_the_places_that_have_no_mark_too():
    drawn = europe([place("IT"), PTUJ], numbers=True)

    assert [mark.number for mark in drawn.layers[0].marks] == ["2"]


def test_numbered_marks_make_room_for_each_other():
    neighbours = [place("SI", f"Hall {number}", 46.42, 15.87 + number / 1000) for number in range(6)]

    marks = europe(neighbours, numbers=True).layers[0].marks

    assert len({(mark.x, mark.y) for mark in marks}) == len(marks) > 1
    for index, one in enumerate(marks):
        for other in marks[index + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (1.6 * one.radius) ** 2


def test_places_at_one_point_are_one_mark():
    drawn = europe([PTUJ, PTUJ, PTUJ], numbers=True, variant="mini")

    assert [mark.number for mark in drawn.layers[0].marks] == ["1+"]


def test_two_kinds_in_one_town_stand_side_by_side_under_one_name():
    varazdin = place("HR", "Varaždin", 46.31, 16.34)
    drawn = europe([dict(PTUJ, kind="practice"), PTUJ, varazdin], routes=[(PTUJ, varazdin)])

    layer = drawn.layers[0]
    lead, practice = (mark for mark in layer.marks if mark.label == "Ptuj")
    assert lead.y == practice.y
    assert abs(lead.x - practice.x) > practice.radius
    assert lead.radius > practice.radius  # a route starts from the partner, not from the practice
    assert [label.text for label in layer.labels] == ["Ptuj", "Varaždin"]


def test_a_country_known_by_name_alone_does_not_push_the_places_aside():
    alone, with_italy = europe([PTUJ, SMART_REGION[7]]), europe([PTUJ, SMART_REGION[7], place("IT")])

    assert with_italy.view.km_per_pixel < 2 * alone.view.km_per_pixel
    assert texts(with_italy)["Italy"] == 1


def test_dots_grow_with_what_they_stand_for():
    drawn = europe([dict(PTUJ, count=6), place("SI", "Koper", 45.55, 13.73)], variant="mini")

    assert [mark.radius for mark in drawn.layers[0].marks] == [8.3, 3.4]


def test_a_phone_gets_a_nearly_square_cut_only_if_no_mark_is_lost_by_it():
    assert smart_region().crop == "square"
    assert europe([place("PT", "Faro", 37, -8), place("CY", "Paphos", 34.8, 32.4)], variant="wide").crop == ""


def test_a_crowded_map_spares_a_layer():
    crowd = [place("DE", "", 47 + number / 10, 7 + number % 7) for number in range(60)]

    assert [layer.name for layer in europe(crowd, variant="wide").layers] == ["wide", "narrow"]


def test_every_kind_has_its_symbol_in_all_its_spellings():
    outlines = {kind: outline(kind, 0, 0, 6) for kind in KINDS}

    assert outlines["practice"] == ""
    assert len(set(outlines.values())) == len(KINDS) - 2  # programmes like projects, partners like practices
    assert [kind_of(word) for word in ("action-plans", "practices", "unheard-of", None)] == ["plan", "practice"] + [
        "practice"
    ] * 2


def test_routes_bow_upwards_whichever_way_they_lead():
    east, west = (
        europe(routes=[(one, other)], places=[one, other]).routes[0].path
        for one, other in ((PTUJ, SMART_REGION[9]), (SMART_REGION[9], PTUJ))
    )

    def height(path):
        start, control, _end = (int(y) for _x, y in re.findall(r"(-?\d+) (-?\d+)", path))
        return control - start

    assert height(east) < 0 and height(west) < 0


def test_routes_to_a_mere_country_are_not_drawn():
    assert europe([PTUJ, place("AT")], routes=[(PTUJ, place("AT"))]).routes == ()


# In the page


def test_the_map_says_what_it_shows():
    svg = svg_of(draw("places=places label='Where they are'", places=[PTUJ, place("AT")]))

    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert (title.text, description.text) == ("Where they are", "Slovenia 1, Austria 1")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_labels_are_escaped():
    nasty = '<script>alert(1)</script> & "co"'

    html = draw("places=places label=label", places=[place("SI", nasty, 46.4, 15.9)], label=nasty)

    assert "<script" not in html
    assert nasty in [element.text for element in svg_of(html).iter(f"{SVG}text")]


def test_there_are_links_only_to_pages():
    urls = ["javascript:alert(1)", "//elsewhere.example/", "data:text/html,x", "/en/practices/x/", "https://x.example/"]

    assert [safe_url(url) for url in urls] == ["", "", "", "/en/practices/x/", "https://x.example/"]
    linked = svg_of(draw(places=[dict(PTUJ, url="/en/practices/x/"), place("AT", "Graz", 47.07, 15.44, url=urls[0])]))
    assert {link.get("href") for link in linked.iter(f"{SVG}a")} == {"/en/practices/x/"}
    assert linked.get("role") == "group"


def test_nothing_in_the_map_needs_a_looser_policy():
    html = draw(
        "places=places routes=routes label='x' variant='wide'",
        places=SMART_REGION,
        routes=routes_from(PTUJ, SMART_REGION),
    )

    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|url\(", html)


def test_the_same_map_is_the_same_text_and_another_has_other_ids():
    first, second = draw(places=[PTUJ]), draw(places=[PTUJ])
    other, named = (
        draw(places=[place("AT", "Graz", 47.07, 15.44)]),
        draw("places=places label='Map' name='twin'", places=[PTUJ]),
    )

    assert first == second
    ids = [set(re.findall(r' id="([^"]+)"', html)) for html in (first, other, named)]
    assert not ids[0] & ids[1] and not ids[0] & ids[2]
    assert "twin-land" in ids[2]


def test_numbers_have_decimal_points_in_every_language():
    arguments = "places=places routes=routes label='x' variant='wide'"
    english = draw(arguments, places=SMART_REGION, routes=routes_from(PTUJ, SMART_REGION))

    with override("sl"):
        slovenian = draw(arguments, places=SMART_REGION, routes=routes_from(PTUJ, SMART_REGION))

    assert re.search(r'(?:x|y|r|font-size)="\d+\.\d"', slovenian)
    assert not re.search(r'="-?\d+,', english + slovenian)


def test_what_a_template_lacks_means_nothing():
    assert draw("places=missing routes=missing highlight=missing numbers=missing label='Europe'") == draw(
        "label='Europe'"
    )
    assert draw("places=places highlight='HU AT' label='x'", places=[PTUJ]).count('class="in"') == 2


@pytest.mark.parametrize(
    ("arguments", "places", "kilobytes"),
    [
        ("variant='wide' places=places routes=routes", SMART_REGION, 24),
        ("variant='bleed' places=places routes=routes", SMART_REGION, 24),
        ("variant='wide'", [], 24),
        ("variant='wide' places=places", [place(country) for country in ("FI", "PT", "GR", "IE")], 24),
        ("variant='plate' places=places", [PTUJ], 10),
        ("variant='mini' places=places numbers=True", TWELVE, 16),
        ("variant='mini'", [], 16),
    ],
)
def test_maps_are_light_enough_to_stand_in_the_page(arguments, places, kilobytes):
    html = draw(f"{arguments} label='x'", places=places, routes=routes_from(PTUJ, SMART_REGION))

    assert len(html.encode()) <= kilobytes * 1024


def test_a_map_is_built_in_ten_milliseconds():
    """Processor time, the best of some rounds: first with its land to be cut out, then with that remembered."""

    def best(*, forgets):
        rounds = []
        for _ in range(7):
            if forgets:
                for remembered in (land.land, graticule, layers.country_spans):
                    remembered.cache_clear()
            start = time.process_time()
            smart_region()
            rounds.append(time.process_time() - start)
        return min(rounds)

    assert best(forgets=True) < 0.025  # 8 ms on the machine that it was written on
    assert best(forgets=False) < 0.010
