"""The state's single row, and a home page in each language of the content, arranged as a new portal shows itself."""

from uuid import uuid4

from django.conf import settings
from django.db import migrations
from django.utils import timezone

CONTENT_LANGUAGES = ("en", "sl")
WELCOME = "Welcome to your new Wagtail site!"
STEP = 4  # digits of one level in a page's path
TEXTS = {
    "en": {
        "title": "Home",
        "headline": "What Europe has learned about its industrial areas",
        "lede": "Projects end; what they found out should not. MER is a network of networks that keeps the results findable, shows who has used them, and follows them to the next place.",
        "town_centres": "town centres",
        "parks": "eco-industrial parks",
        "green": "green marketing",
        "trail": "One result, and where it went",
        "latest": "From the catalogue",
        "practices": "All practices",
        "founding": "Projects the network grew from",
        "projects": "All projects",
        "events": "Visits and workshops",
        "calendar": "All events",
        "new": "What is new",
        "networks": "For other networks",
        "guide": "Guide to the API",
        "api": "The catalogue is open to pull. Take one topic, one country, or everything that changed since your last visit; each record carries its source, its languages and its licence.",
        "aims": "What MER set out to do",
        "size": "Eighteen months, five work packages and €1,125,000 for all partners together.",
        "collect": ("Collect", "what earlier European projects found out about industrial areas: the environment, green marketing, professional management."),
        "connect": ("Connect", "a wide European network that learns by linking, from past experience and past mistakes."),
        "influence": ("Influence", "regional and European policy with guidelines, ways of lobbying, and action plans."),
        "transfer": ("Transfer", "practices, models and methods that have already worked in a different setting."),
    },
    "sl": {
        "title": "Domov",
        "headline": "Kar se je Evropa naučila o svojih industrijskih območjih",
        "lede": "Projekti se končajo; njihova spoznanja se ne bi smela. MER je mreža mrež: skrbi, da se rezultati najdejo, pokaže, kdo jih je uporabil, in jim sledi do naslednjega kraja.",
        "town_centres": "mestna jedra",
        "parks": "eko-industrijske cone",
        "green": "zeleno trženje",
        "trail": "En rezultat in njegova pot",
        "latest": "Iz kataloga",
        "practices": "Vse dobre prakse",
        "founding": "Projekti, iz katerih je mreža zrasla",
        "projects": "Vsi projekti",
        "events": "Obiski in delavnice",
        "calendar": "Vsi dogodki",
        "new": "Kaj je novega",
        "networks": "Za druge mreže",
        "guide": "Vodnik po API-ju",
        "api": "Katalog je odprt za prevzem. Vzemite eno temo, eno državo ali vse, kar se je spremenilo od vašega zadnjega obiska; vsak zapis nosi svoj vir, svoje jezike in svojo licenco.",
        "aims": "Kaj si je MER zadal",
        "size": "Osemnajst mesecev, pet delovnih sklopov in 1.125.000 evrov za vse partnerje skupaj.",
        "collect": ("Zbrati", ", kar so prejšnji evropski projekti ugotovili o industrijskih območjih: o okolju, zelenem trženju in strokovnem upravljanju."),
        "connect": ("Povezati", "široko evropsko mrežo, ki se uči s povezovanjem, iz preteklih izkušenj in napak."),
        "influence": ("Vplivati", "na regionalne in evropske politike s smernicami, načini lobiranja in akcijskimi načrti."),
        "transfer": ("Prenesti", "dobre prakse, modele in metode, ki so se že obnesli v drugačnem okolju."),
    },
}


def block(name, value):
    return {"type": name, "value": value, "id": str(uuid4())}


def beginnings(language, texts):
    topics = {
        "town_centres": "town-centre-management",
        "parks": "eco-industrial-parks-and-industrial-symbiosis",
        "green": "green-marketing",
    }
    return [
        block("link", {"label": texts[name], "address": f"/{language}/practices/?topic={topic}"})
        for name, topic in topics.items()
    ]


def sections(texts):
    """The body in its stored form."""
    new = block("new", {"heading": texts["new"], "count": 4})
    api = block("api", {"heading": texts["networks"], "text": texts["api"], "onward": texts["guide"]})
    aims = [
        {"type": "item", "value": dict(zip(("word", "rest"), texts[name], strict=True)), "id": str(uuid4())}
        for name in ("collect", "connect", "influence", "transfer")
    ]
    return [
        block("trail", {"heading": texts["trail"], "practice": None}),
        block("latest", {"heading": texts["latest"], "kind": "practices", "count": 5, "layout": "lead", "onward": texts["practices"]}),
        block("founding", {"heading": texts["founding"], "onward": texts["projects"]}),
        block("events", {"heading": texts["events"], "count": 4, "onward": texts["calendar"]}),
        block("side_by_side", {"left": [new], "right": [api]}),
        block("aims", {"heading": texts["aims"], "text": texts["size"], "figures": True, "aims": aims}),
    ]


def segments(texts, links, body):
    """The same as pages read it: see `pages.story`. No section of these has HTML of its own."""
    hero = {name: texts[name] for name in ("headline", "lede")}
    hero["beginnings"] = [link["value"] for link in links]
    return [hero | {"block": "hero", "place": "hero"}, *map(_segment, body)]


def _segment(part):
    value = part["value"]
    if part["type"] == "side_by_side":
        value = {"sides": [_segment(side) for side in value["left"] + value["right"]]}
    elif part["type"] == "aims":
        value = value | {"aims": [aim["value"] for aim in value["aims"]]}
    elif part["type"] == "trail":
        value = value | {"practice": ""}
    return value | {"block": part["type"], "place": part["type"]}


def make_homes(apps, schema_editor):
    Page, Site = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    root = Page.objects.get(depth=1)
    if root.numchild and not Page.objects.filter(depth=2, title=WELCOME).exists():
        return  # somebody has planted a tree already
    homes = {language: _make_home(apps, root, language) for language in CONTENT_LANGUAGES}
    translation_key = homes["en"].translation_key
    Page.objects.filter(pk=homes["sl"].pk).update(translation_key=translation_key)
    if Site.objects.exists():
        Site.objects.update(root_page_id=homes["en"].pk)
    else:
        Site.objects.create(hostname="localhost", root_page_id=homes["en"].pk, is_default_site=True)
    Site.objects.update(site_name=settings.SITE_NAME)
    Page.objects.filter(depth=2, title=WELCOME).delete()
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2).count())


def _make_home(apps, root, language):
    Locale, Page = apps.get_model("wagtailcore", "Locale"), apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    last = Page.objects.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    number = int(last[-STEP:], 36) + 1 if last else 1
    texts, now = TEXTS[language], timezone.now()
    links, body = beginnings(language, texts), sections(texts)
    return apps.get_model("pages", "HomePage").objects.create(
        path=f"{root.path}{number:0{STEP}d}",  # fewer than ten there are: no need to count in base 36
        depth=2,
        numchild=0,
        title=texts["title"],
        draft_title=texts["title"],
        slug=language,
        url_path=f"/{language}/",
        content_type=ContentType.objects.get_or_create(app_label="pages", model="homepage")[0],
        locale=Locale.objects.get_or_create(language_code=language)[0],
        translation_key=uuid4(),
        live=True,
        first_published_at=now,
        last_published_at=now,
        headline=texts["headline"],
        lede=texts["lede"],
        beginnings=links,
        body=body,
        segments=segments(texts, links, body),
    )


def make_state(apps, schema_editor):
    apps.get_model("pages", "SiteState").objects.get_or_create(pk=1)


OF_EDITORS = {
    ("pages", "menu"): ("add_menu", "change_menu", "delete_menu", "view_menu"),
    ("simple_translation", "simpletranslation"): ("submit_translation",),
    ("wagtailredirects", "redirect"): ("add_redirect", "change_redirect", "delete_redirect", "view_redirect"),
}


def let_editors_publish(apps, schema_editor):
    """Wagtail's own editors may write pages and not publish them; the portal's may, and look after what is around them."""
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for action in ("add", "change", "publish", "lock", "unlock"):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=_permission(apps, "wagtailcore", "page", f"{action}_page")
        )
    for (app, model), codenames in OF_EDITORS.items():
        group.permissions.add(*(_permission(apps, app, model, codename) for codename in codenames))


def _permission(apps, app, model, codename):
    content_type, _is_new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _is_new = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunPython(make_state, migrations.RunPython.noop),
        migrations.RunPython(make_homes, migrations.RunPython.noop),
        migrations.RunPython(let_editors_publish, migrations.RunPython.noop),
    ]
