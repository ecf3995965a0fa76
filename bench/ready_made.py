"""`python -m bench.ready_made`: makes the ready-made NDJSON of practices in the database of DATABASE_URL.

No other format, as a workbook of 100,000 records would take longer than all that is measured.
"""

import os

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mer_portal.settings"
    django.setup()
    from exchange.dumps import files

    files.FORMATS = {"ndjson": files.FORMATS["ndjson"]}
    files.make("practices")


if __name__ == "__main__":
    main()
