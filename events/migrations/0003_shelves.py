"""In each language's tree the shelf below which the pages of events stand."""

from uuid import uuid4

from django.db import migrations
from django.utils import timezone

STEP = 4  # digits of one level in a page's path
SHELVES = {"en": ("Visits and workshops", "visits-and-workshops"), "sl": ("Obiski in delavnice", "obiski-in-delavnice")}


def make_shelves(apps, schema_editor):
    HomePage, Page = apps.get_model("pages", "HomePage"), apps.get_model("wagtailcore", "Page")
    translation_key = uuid4()
    for home in HomePage.objects.filter(slug__in=SHELVES, depth=2):
        title, slug = SHELVES[home.slug]
        if Page.objects.filter(url_path=f"{home.url_path}{slug}/").exists():
            continue
        _make_shelf(apps, home, title, slug, translation_key)
        Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def _make_shelf(apps, home, title, slug, translation_key):
    Page, ContentType = apps.get_model("wagtailcore", "Page"), apps.get_model("contenttypes", "ContentType")
    below = Page.objects.filter(path__startswith=home.path, depth=3).order_by("path").values_list("path", flat=True)
    number = int(below.last()[-STEP:], 36) + 1 if below else 1
    now = timezone.now()
    apps.get_model("events", "WorkshopIndexPage").objects.create(
        path=f"{home.path}{number:0{STEP}d}",  # fewer than ten there are: no need to count in base 36
        depth=3,
        numchild=0,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{home.url_path}{slug}/",
        content_type=ContentType.objects.get_or_create(app_label="events", model="workshopindexpage")[0],
        locale_id=home.locale_id,
        translation_key=translation_key,
        live=True,
        first_published_at=now,
        last_published_at=now,
        show_in_menus=False,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_workshop_pages"),
        ("pages", "0002_homes"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_shelves, migrations.RunPython.noop)]
