"""The rows of the table: pages and changes. Each is measured with its yardsticks in the same rounds."""

from bench.goals import Goal, Outcome
from bench.measuring import Contender, interleaved, ratios
from bench.worlds import PAGE, World, ok, prove_equal, results

LAST = 100  # changes


def page(bench) -> Outcome:
    """A page of 100 records of 2.4 kB on PostgreSQL."""
    return _page_beside_others("page", bench, bench.full, drf=20, raw=1.4)


def long(bench) -> Outcome:
    """A page of 100 records of 25 kB in five languages: no limit is set."""
    return _page_beside_others("long", bench, bench.long)


def sqlite(bench) -> Outcome:
    return _page_beside_others("sqlite", bench, bench.sqlite, drf=25, raw=1.25)


def _page_beside_others(
    row: str, bench, world: World, *, drf: float | None = None, raw: float | None = None
) -> Outcome:
    path, _before = world.page()
    others = {
        "raw WSGI + SQL": (world.raw, "/bytes"),
        "the same with texts decoded": (world.raw, "/texts"),
        "DRF ModelSerializer + LimitOffset": (world.usual, f"/serializer/?limit={PAGE}"),
        "DRF .values() + orjson": (world.usual, f"/values/?limit={PAGE}"),
    }
    if world.scratch.vendor == "sqlite":
        others["Datasette's way"] = (world.datasette, "/")
    prove_equal(results(world.portal, path), {name: results(*where) for name, where in others.items()})
    portal = world.asks("portal", world.portal, path)
    contenders = {name: world.asks(name, *where) for name, where in others.items()}
    interleaved([portal, *contenders.values()], bench.rounds)
    bare, decoded, serializer, values, *datasette = contenders.values()
    goals = [
        Goal(f"{row}/drf", "DRF ModelSerializer : portal", ratios(serializer.cpu, portal.cpu), at_least=drf),
        Goal(f"{row}/raw", "portal : raw WSGI + SQL", ratios(portal.cpu, bare.cpu), at_most=raw),
        Goal(f"{row}/texts", "portal : raw, texts decoded", ratios(portal.cpu, decoded.cpu)),
        Goal(f"{row}/values", "DRF .values() + orjson : portal", ratios(values.cpu, portal.cpu)),
    ]
    if datasette:
        goals.append(Goal(f"{row}/datasette", "Datasette's way : portal", ratios(datasette[0].cpu, portal.cpu)))
    return Outcome(row, goals, _told(portal, *contenders.values()))


def deep(bench) -> Outcome:
    """90 % deep, beside the first page; and as DRF gets there, by counting."""
    world = bench.full
    (near, _none), (far, before) = world.page(), world.page(0.9)
    there = {
        "raw, 90 % deep": results(world.raw, f"/bytes?behind={world.catalogue.position_of(before)}"),
        "DRF, 90 % deep": results(world.usual, f"/serializer/?limit={PAGE}&offset={before}"),
    }
    prove_equal(results(world.portal, far), there)
    first, behind = (
        world.asks("portal, first page", world.portal, near),
        world.asks("portal, 90 % deep", world.portal, far),
    )
    drf = world.asks("DRF, 90 % deep", world.usual, f"/serializer/?limit={PAGE}&offset={before}")
    interleaved([first, behind, drf], bench.rounds)
    goals = [
        Goal("deep/first", "90 % deep : first page", ratios(behind.cpu, first.cpu), at_most=1.15),
        Goal("deep/drf", "DRF 90 % deep : portal 90 % deep", ratios(drf.cpu, behind.cpu)),
    ]
    return Outcome("deep", goals, _told(first, behind, drf))


def rows(bench) -> Outcome:
    """The same page out of ten times as many records."""
    few, many = bench.tenth, bench.full
    fewer = few.asks(f"portal, {few.catalogue.practices:,} records", few.portal, few.page()[0])
    more = many.asks(f"portal, {many.catalogue.practices:,} records", many.portal, many.page()[0])
    interleaved([fewer, more], bench.rounds)
    goal = Goal("rows/tenth", "all records : a tenth of them", ratios(more.cpu, fewer.cpu), at_most=1.2)
    return Outcome("rows", [goal], _told(fewer, more))


def order(bench) -> Outcome:
    """The first page where all other kinds were published before, as after a first load, beside one where kinds are mixed."""
    mixed, apart = bench.tenth, bench.sorted
    usual = mixed.asks("portal, kinds mixed", mixed.portal, mixed.page()[0])
    last = apart.asks("portal, practices last", apart.portal, apart.page()[0])
    interleaved([usual, last], bench.rounds)
    goal = Goal("order/last", "practices last : kinds mixed", ratios(last.cpu, usual.cpu), at_most=1.2)
    return Outcome("order", [goal], _told(usual, last))


def changes(bench) -> Outcome:
    """The last 100 changes of practices, beside the way by offset to the last 100 records."""
    world = bench.full
    before = world.catalogue.practices - LAST
    feed = _feed(world, world.catalogue.position_of(before))
    end = f"/serializer/?limit={LAST}&offset={before}"
    ours = [change["record"] for change in results(world.portal, feed)]
    prove_equal(ours, {"DRF at the end": results(world.usual, end)})
    portal, drf = world.asks("portal, changes", world.portal, feed), world.asks("DRF LimitOffset", world.usual, end)
    interleaved([portal, drf], bench.rounds)
    goal = Goal("changes/drf", "DRF LimitOffset : portal", ratios(drf.cpu, portal.cpu), at_least=100)
    return Outcome("changes", [goal], _told(portal, drf))


def unchanged(bench) -> Outcome:
    """Nothing new: 304, beside a view of Django's that does nothing, without any middleware."""
    world = bench.full
    feed = _feed(world, world.catalogue.position_of(world.catalogue.practices))
    etag = ok(world.portal.reader.get(feed)).headers["ETag"]
    portal = world.asks("portal, 304", world.portal, feed, status=304, If_None_Match=etag)
    empty = world.asks("an empty view", world.usual, "/empty/")
    interleaved([portal, empty], bench.rounds)
    goal = Goal("unchanged/empty", "304 : an empty view", ratios(portal.cpu, empty.cpu), at_most=2.5)
    return Outcome("unchanged", [goal], _told(portal, empty))


def packed(bench) -> Outcome:
    """A page packed before, beside the page unpacked; and pages packed for the first time."""
    world = bench.full
    path, _before = world.page()
    identity = world.asks("portal, unpacked", world.portal, path)
    gzip = {"Accept_Encoding": "gzip"}
    hit = world.asks("portal, packed before", world.portal, path, **gzip)
    # what the query says is the same however many signs stand before it, but its answer was not packed yet
    miss = world.asks("portal, packed now", world.portal, lambda number: path.replace("?", "?" + "&" * number), **gzip)
    interleaved([identity, hit, miss], bench.rounds)
    goals = [
        Goal("packed/hit", "packed, on a hit : unpacked", ratios(hit.cpu, identity.cpu), at_most=1.3),
        Goal("packed/miss", "packed, on a miss : unpacked", ratios(miss.cpu, identity.cpu)),
    ]
    return Outcome("packed", goals, _told(identity, hit, miss))


def _feed(world: World, position: int) -> str:
    """The address of the changes of practices behind a position."""
    told = ok(world.portal.reader.get("/api/v1/changes/?page_size=1")).body.decode()
    epoch = told.rpartition('"next_cursor":"')[2].partition("-")[0]
    return f"/api/v1/changes/?since={epoch}-{position}&kind=practices&page_size={LAST}"


def _told(*contenders: Contender) -> list[dict]:
    return [contender.told() for contender in contenders]
