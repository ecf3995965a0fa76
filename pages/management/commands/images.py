from django.core.management.base import BaseCommand
from wagtail.images.models import Image

from pages.images import tells_more, write_anew


class Command(BaseCommand):
    help = "Writes images of the editors' library anew that tell more than their picture: where, when, whose it is."

    def handle(self, **options):
        written = failed = 0
        for image in Image.objects.order_by("pk").iterator():
            try:
                with image.file.open() as file:
                    telling = tells_more(file)
                if telling:
                    write_anew(image)
                    written += 1
            except Exception as error:  # one that is lost or damaged holds up no other
                failed += 1
                self.stderr.write(f"Image {image.pk}: {type(error).__name__}")
        self.stdout.write(f"{written} images written anew, {failed} could not be read.")
