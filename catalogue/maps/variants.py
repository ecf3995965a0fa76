"""The shapes that maps come in, and their layers of marks and names for the widths at which they are shown.

A map scales with its column, and its names with it; so each layer is set for one width of the column, and the style
sheet (`static/css/map.css`) shows the one that fits. Sizes are CSS pixels at that width.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class LayerSpec:
    name: str  # wide | middle | narrow, as in the style sheet
    reference: int  # the column's width in CSS pixels at which the sizes below hold
    text: float
    main_text: float
    country_text: float
    mark: float
    main_mark: float
    has_country_names: bool = True
    is_cropped: bool = False  # may be shown nearly square, so that it is not too small on a phone


@dataclass(frozen=True)
class Variant:
    name: str
    size: tuple[int, int]
    narrowest: float  # kilometres: never tighter than a region
    padding: float
    graticule_apart: int
    layers: tuple[LayerSpec, ...]
    has_degrees: bool = False
    has_neighbours: bool = False  # names of other countries, for orientation
    has_names: bool = True  # places are named; otherwise they are dots, the larger the more


WIDE = Variant(
    name="wide",
    size=(1260, 760),
    narrowest=700,
    padding=0.13,
    graticule_apart=130,
    has_degrees=True,
    layers=(
        LayerSpec("wide", 1260, text=16, main_text=24, country_text=21, mark=7, main_mark=12),
        LayerSpec("middle", 660, text=13, main_text=18, country_text=16, mark=5.5, main_mark=9),
        LayerSpec(
            "narrow",
            350,
            text=13,
            main_text=16,
            country_text=15,
            mark=4.5,
            main_mark=7,
            has_country_names=False,
            is_cropped=True,
        ),
    ),
)
PLATE = Variant(
    name="plate",
    size=(620, 360),
    narrowest=430,
    padding=0.17,
    graticule_apart=70,
    layers=(
        LayerSpec("wide", 620, text=17, main_text=20, country_text=18, mark=6, main_mark=11),
        LayerSpec("narrow", 370, text=13, main_text=16, country_text=14, mark=4.5, main_mark=7.5),
    ),
)
MINI = Variant(
    name="mini",
    size=(300, 260),
    narrowest=1500,
    padding=0.1,
    graticule_apart=60,
    has_names=False,
    layers=(
        LayerSpec("all", 300, text=13, main_text=13, country_text=14, mark=3.4, main_mark=3.4, has_country_names=False),
    ),
)
BLEED = Variant(
    name="bleed",
    size=(1100, 800),
    narrowest=900,
    padding=0.16,
    graticule_apart=110,
    has_neighbours=True,
    layers=(
        LayerSpec("wide", 1100, text=15, main_text=21, country_text=14, mark=6.5, main_mark=11),
        LayerSpec(
            "narrow", 420, text=13, main_text=15, country_text=13, mark=4.5, main_mark=7, has_country_names=False
        ),
    ),
)

VARIANTS = {variant.name: variant for variant in (WIDE, PLATE, MINI, BLEED)}

# Width to height of a cropped layer, narrowest first; with none of them the map keeps its shape.
CROPS = {"square": 1.0, "five-four": 1.25}
