"""Good practices: what worked, or did not, and what it took; and who reviews them."""

from practices.models.asking import Asking
from practices.models.attachment import AttachedFile, Attachment
from practices.models.opinion import ExpertOpinion
from practices.models.parts import BuildingBlock, Evidence, PracticeLink
from practices.models.photo import Photo, PracticeImage
from practices.models.practice import GoodPractice, GoodPracticeQuerySet
from practices.models.review import ExpertReviewTask
from practices.models.together import CoAuthor, CoAuthorInvitation

__all__ = [
    "Asking",
    "AttachedFile",
    "Attachment",
    "BuildingBlock",
    "CoAuthor",
    "CoAuthorInvitation",
    "Evidence",
    "ExpertOpinion",
    "ExpertReviewTask",
    "GoodPractice",
    "GoodPracticeQuerySet",
    "Photo",
    "PracticeImage",
    "PracticeLink",
]
