"""What XML 1.0 cannot say (fifth edition, section 2.2): controls but tab and line ends, surrogates, U+FFFE and U+FFFF."""

import re

UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def replaced(text: str) -> str:
    return UNSAYABLE.sub(REPLACEMENT, text)
