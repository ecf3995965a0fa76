"""What can be wrong with a request, in the standard's words (OAI-PMH 2.0, section 3.6)."""

from enum import StrEnum


class Code(StrEnum):
    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION = "badResumptionToken"
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_RECORDS_MATCH = "noRecordsMatch"


# After these the answer does not repeat the arguments (section 3.2).
UNREADABLE = frozenset({Code.BAD_ARGUMENT, Code.BAD_VERB})


class Faults(Exception):
    """One or several faults, each a code with a sentence."""

    def __init__(self, *faults: tuple[Code, str]):
        self.faults = faults
        super().__init__("; ".join(text for _code, text in faults))


class Fault(Faults):
    def __init__(self, code: Code, text: str):
        super().__init__((code, text))
