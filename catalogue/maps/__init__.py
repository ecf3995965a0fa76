"""Maps of Europe as inline SVG, in the EU's own projection. `{% load maps %}{% map … %}` draws them."""

from catalogue.maps.drawing import Map, europe
from catalogue.maps.places import routes_from

__all__ = ["Map", "europe", "routes_from"]
