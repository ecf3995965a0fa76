"""The schema's own components: what stands around records, as JSON Schema. Records come from their serializers."""

from catalogue.models import WithdrawalReason

UID = {"type": "string", "format": "uuid"}
TIME = {"type": "string", "format": "date-time"}
HASH = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
NUMBER = {"type": "integer", "minimum": 0}
NULL = {"type": "null"}
CODES = {"type": "object", "additionalProperties": NUMBER}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: dict) -> dict:
    return {"anyOf": [schema, NULL]}


def an_object(text: str, optional: tuple[str, ...] = (), **properties: dict) -> dict:
    """An object all of whose properties are always there, but for `optional` ones; new ones may come at any time."""
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "description": text, "properties": properties, "required": needed}


def listed(schema: dict) -> dict:
    return {"type": "array", "items": schema}


BASE = {"type": "string", "format": "uri", "description": "Addresses inside records are relative to it."}
ADDRESS = or_null({"type": "string", "format": "uri"})
PATH = {"type": "string", "format": "uri-reference"}
POSITION = {"type": "integer", "minimum": 1}


def page(text: str, items: dict, **more: dict) -> dict:
    return an_object(text, base=BASE, next=ADDRESS, previous=ADDRESS, results=listed(items), **more)


TEXT = {
    "type": "object",
    "description": "One text in several languages: plain text with paragraphs (a blank line between) and `- ` lists.",
    "additionalProperties": {"type": "string"},
}

EMBEDDED = an_object(
    "Another published record, as a record names it.",
    uid=UID,
    kind={"type": "string"},
    title=ref("Text"),
    url=PATH,
)

TRANSLATION = an_object(
    "The state of a record in one language.",
    optional=("stale", "machine"),
    state={
        "type": "string",
        "description": "`original`, `human` or `machine`: a machine made some of the texts, and nobody has confirmed them.",
    },
    stale=listed({"type": "string"})
    | {"description": "Fields whose original has changed since: `summary`, `building_blocks.<uid>.title`."},
    machine=listed({"type": "string"})
    | {"description": "Fields that a machine has made, and nobody has confirmed; also of an original."},
)

DOORS = an_object(
    "The doors of the API, as absolute addresses.",
    base=BASE,
    kinds={"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    changes=BASE | {"description": "The feed of changes."},
    dumps=BASE | {"description": "Whole kinds as files."},
    state=BASE | {"description": "Counts and hashes."},
    schema=BASE | {"description": "This file."},
    docs=BASE | {"description": "The guide for people."},
    oai=BASE | {"description": "Where harvesters ask with OAI-PMH 2.0."},
    catalogue=BASE | {"description": "The catalogue by DCAT-AP, in Turtle; beside it `.jsonld` and `.rdf`."},
    feed=BASE | {"description": "What is new, as Atom; each kind has a feed of its own beside it."},
    interreg=BASE
    | {"description": "Projects under the names of Jems and keep.eu; beside it `.xml` and its schema `.xsd`."},
    operations=BASE
    | {"description": "The list of operations as a workbook; beside it `operations.csv` and `partners.csv`."},
)

VERSION_LIST = page(
    "The versions of a record, oldest first.",
    an_object("One publication by a person.", version=POSITION, published=TIME, etag={"type": "string"}, url=PATH),
)

RELATED_LIST = page(
    "What points to a record.",
    an_object(
        "One reference.",
        relation={"type": "string", "description": "How the record points here, such as `participation`."},
        record=ref("Summary"),
    ),
)

UPSERT = an_object(
    "Put the record into your copy, in place of what is there under its uid.",
    position=POSITION,
    uid=UID,
    kind={"type": "string"},
    op={"const": "upsert"},
    modified=TIME,
    record=ref("Record"),
)

DELETE = an_object(
    "Take the record out of your copy.",
    position=POSITION,
    uid=UID,
    kind={"type": "string"},
    op={"const": "delete"},
    modified=TIME,
    reason={"type": "string", "enum": WithdrawalReason.values},
    merged_into=or_null(UID | {"description": "The record that took its place."}),
    record=NULL,
)

CHANGES = an_object(
    "Changes in the order of their positions, each record once.",
    base=BASE,
    results=listed({"oneOf": [ref("Upsert"), ref("Delete")]}),
    next_cursor={"type": "string", "description": "The value of `since` in the next request."},
    has_more={"type": "boolean", "description": "Whether the next request will find something already."},
)

KIND_STATE = an_object(
    "The visible records of one kind of ours.",
    count=NUMBER,
    hash=HASH | {"description": "SHA-256 over the lines `uid SP etag LF` in the order of uids."},
)

STATE = an_object(
    "What a mirror compares itself with.",
    epoch={"type": "string", "description": "Changes when the portal is restored from a backup."},
    version=NUMBER | {"description": "The highest position."},
    kinds={"type": "object", "additionalProperties": ref("KindState")},
)

PROBLEM = an_object(
    "What went wrong (RFC 9457).",
    optional=("errors", "uid", "kind", "withdrawn", "reason", "merged_into", "ready_made"),
    type={"type": "string", "format": "uri", "description": "An address that explains this type of problem."},
    title={"type": "string"},
    status={"type": "integer"},
    detail={"type": "string"},
    instance=PATH,
    errors=listed(
        an_object(
            "One faulty parameter.",
            parameter={"type": "string"},
            code={"type": "string", "description": "`unknown`, `repeated`, `invalid` or more particular."},
            message={"type": "string"},
        )
    ),
    uid=UID | {"description": "Of a withdrawn record, as all that follow."},
    kind={"type": "string"},
    withdrawn=TIME,
    reason={"type": "string", "enum": WithdrawalReason.values},
    merged_into=or_null(UID),
    ready_made=ADDRESS | {"description": "Of the file that holds what all live dumps are too busy for."},
)

BYTES = {"type": "string", "format": "binary"}

DUMP_FILE = an_object(
    "A file that is ready.",
    name={"type": "string"},
    url={"type": "string", "format": "uri"},
    format={"type": "string", "enum": ["ndjson", "csv", "xlsx", "jsonld"]},
    compression=or_null({"type": "string", "enum": ["gz", "zst"]}),
    media_type={"type": "string"},
    size=NUMBER | {"description": "Bytes."},
    records=NUMBER,
    sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    cursor={"type": "string", "description": "The value of `since` with which `changes` continues."},
    made=TIME,
)

KIND_DUMPS = an_object(
    "The dumps of one kind.",
    live={
        "type": "object",
        "description": "By format, where it is made while it is read; takes the list's filters.",
        "additionalProperties": {"type": "string", "format": "uri"},
    },
    files=listed(ref("DumpFile")) | {"description": "Empty until the first have been made."},
)

DUMPS = an_object(
    "Whole kinds as files.",
    base=BASE,
    kinds={"type": "object", "additionalProperties": ref("KindDumps")},
)

COMPONENTS = {
    "Changes": CHANGES,
    "Delete": DELETE,
    "Doors": DOORS,
    "DumpFile": DUMP_FILE,
    "Dumps": DUMPS,
    "Embedded": EMBEDDED,
    "KindDumps": KIND_DUMPS,
    "KindState": KIND_STATE,
    "Problem": PROBLEM,
    "RelatedList": RELATED_LIST,
    "State": STATE,
    "Text": TEXT,
    "Translation": TRANSLATION,
    "Upsert": UPSERT,
    "VersionList": VERSION_LIST,
}


def list_of(record: str) -> dict:
    """A page of the list of one kind, whose records have the schema `record`."""
    return an_object(
        "A page of a list.",
        optional=("facets",),
        base=BASE,
        count=or_null(NUMBER | {"description": "Exact; null where it was not counted, see the parameter `count`."}),
        next=ADDRESS,
        previous=ADDRESS,
        results=listed({"anyOf": [ref(record), ref(f"{record}Summary")]}),
        facets={
            "type": "object",
            "additionalProperties": CODES,
            "description": "With `facets=yes`: for each filter its values, each with its number of records.",
        },
    )
