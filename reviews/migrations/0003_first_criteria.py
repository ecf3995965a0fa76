"""What is asked of good practices from the first day on; editors change it, retire it, and add to it."""

from django.db import migrations

from accounts import roles

PRACTICES = "practices"
# name and question in English and Slovenian, weight, whether a 0 blocks
FIRST = (
    (
        {"en": "Evidence of success", "sl": "Dokazi o uspehu"},
        {
            "en": "Do facts or figures, each with its source, show that it worked?",
            "sl": "Ali dejstva ali številke, vsaka s svojim virom, kažejo, da je delovalo?",
        },
        3,
        False,
    ),
    (
        {"en": "Of use to others", "sl": "Uporabno za druge"},
        {
            "en": "Could another place take it over, or a part of it, and does the text say what that needs?",
            "sl": "Ali bi jo lahko v celoti ali delno prevzeli drugje in ali besedilo pove, kaj je za to potrebno?",
        },
        3,
        False,
    ),
    (
        {"en": "Clear to an outsider", "sl": "Razumljivo zunanjemu bralcu"},
        {
            "en": "Does somebody who has never seen the place understand who did what, how, and for whom?",
            "sl": "Ali nekdo, ki kraja še ni videl, razume, kdo je kaj naredil, kako in za koga?",
        },
        2,
        False,
    ),
    (
        {"en": "Honest about what did not work", "sl": "Odkrito o tem, kar ni uspelo"},
        {
            "en": "Does it say what was difficult, what failed, and what its authors would do differently today?",
            "sl": "Ali pove, kaj je bilo težko, kaj ni uspelo in kaj bi avtorji danes naredili drugače?",
        },
        2,
        False,
    ),
    (
        {"en": "Sources and consent", "sl": "Viri in soglasja"},
        {
            "en": "Is it said where facts and pictures come from, and have the people agreed who are named or shown?",
            "sl": "Ali je navedeno, od kod so podatki in slike, in ali se strinjajo osebe, ki so imenovane ali prikazane?",
        },
        2,
        True,
    ),
)


def add_first(apps, schema_editor):
    """Where editors have kept criteria of their own already, theirs stand."""
    criteria = apps.get_model("reviews", "Criterion").objects
    if criteria.filter(kind=PRACTICES).exists():
        return
    for number, (name, question, weight, blocking) in enumerate(FIRST, start=1):
        criteria.create(
            kind=PRACTICES, name=name, question=question, weight=weight, blocking=blocking, order=10 * number
        )


def grant(apps, schema_editor):
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0002_criteria_and_scores"),
        ("accounts", "0011_least_of_other_sign_ins"),
    ]

    operations = [
        migrations.RunPython(add_first, migrations.RunPython.noop),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
