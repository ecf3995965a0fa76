"""From degrees to metres on the EU's own grid, EPSG:3035 (ETRS89 / LAEA Europe).

Lambert azimuthal equal area on the GRS 1980 ellipsoid: EPSG method 9820, as in EPSG Guidance Note 7-2. Natural Earth
and most sources give WGS 84, which is ETRS89 to within a metre: nothing on our maps.
"""

from math import cos, log, radians, sin, sqrt

_SEMI_MAJOR = 6378137.0
_FLATTENING = 1 / 298.257222101
_ORIGIN_LATITUDE = radians(52)
_ORIGIN_LONGITUDE = radians(10)
_FALSE_EASTING = 4321000.0
_FALSE_NORTHING = 3210000.0

_E2 = _FLATTENING * (2 - _FLATTENING)
_E = sqrt(_E2)


def _q(latitude: float) -> float:
    sine = _E * sin(latitude)
    return (1 - _E2) * (sin(latitude) / (1 - sine * sine) - log((1 - sine) / (1 + sine)) / (2 * _E))


_Q_POLE = _q(radians(90))
_RADIUS = _SEMI_MAJOR * sqrt(_Q_POLE / 2)


def _authalic(latitude: float) -> tuple[float, float]:
    """Sine and cosine of the latitude on the sphere of equal area."""
    sine = max(-1.0, min(1.0, _q(latitude) / _Q_POLE))
    return sine, sqrt(1 - sine * sine)


_SIN_ORIGIN, _COS_ORIGIN = _authalic(_ORIGIN_LATITUDE)
_D = _SEMI_MAJOR * cos(_ORIGIN_LATITUDE) / sqrt(1 - _E2 * sin(_ORIGIN_LATITUDE) ** 2) / (_RADIUS * _COS_ORIGIN)


def forward(latitude: float, longitude: float) -> tuple[float, float]:
    """(easting, northing) in metres of a point in degrees."""
    sine, cosine = _authalic(radians(latitude))
    angle = radians(longitude) - _ORIGIN_LONGITUDE
    towards = cosine * cos(angle)
    scale = _RADIUS * sqrt(2 / (1 + _SIN_ORIGIN * sine + _COS_ORIGIN * towards))
    easting = _FALSE_EASTING + scale * _D * cosine * sin(angle)
    northing = _FALSE_NORTHING + scale / _D * (_COS_ORIGIN * sine - _SIN_ORIGIN * towards)
    return easting, northing
