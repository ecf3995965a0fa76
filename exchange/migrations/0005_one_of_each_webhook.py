"""What the next migration's constraints want: of the webhooks of a network with the same address one that works stays, else the
one added last; of the messages sent by hand that wait for a webhook, the last.
"""

from django.db import migrations


def keep_the_last(apps, schema_editor):
    endpoints, deliveries = apps.get_model("exchange", "Endpoint"), apps.get_model("exchange", "Delivery")
    seen = set()
    for endpoint in sorted(endpoints.objects.order_by("-pk"), key=lambda each: each.disabled is not None):
        place = (endpoint.client_id, endpoint.url)
        if place in seen:
            endpoint.delete()
        seen.add(place)
    seen = set()
    for delivery in deliveries.objects.filter(state="waiting", once=True).order_by("-pk"):
        if delivery.endpoint_id in seen:
            deliveries.objects.filter(pk=delivery.pk).update(state="failed")
        seen.add(delivery.endpoint_id)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_webhooks_stopped_by_staff")]

    operations = [migrations.RunPython(keep_the_last, migrations.RunPython.noop)]
