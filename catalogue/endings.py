"""The lemmas of words that simplemma does not know, by their endings.

Its dictionaries have the common words, and its rules some endings of the others: in Slovenian it knows *degradiranih*,
not *degradirana* and *degradirano*. What it leaves alone gets the masculine form here, if it ends as adjectives and
participles do and hardly any noun or verb does: of the words in the dictionary that these patterns fit, 99 in 100 have
just this lemma, or are participles under their verb. English plurals, such as *brownfields*, lose their s.
"""

import re

_ENDING = r"(?:a|e|i|o|ega|emu|em|im|ih|imi|ima)"
# degradiran-, sofinanciran-, načrtovan-, razvrednoten-, obnovljiv-: the stem is the masculine form
_PLAIN = re.compile(rf"(\w{{3,}}(?:iran|ovan|evan|jen|cen|sen|zen|ten|tven|ljiv)){_ENDING}")
# trajnostn-, inovativn-, pilotn-: the masculine form has an e before the n
_FLEETING = re.compile(
    rf"(\w{{3,}}(?:al|il|ac|ic|oc|uc|nc|av|ev|iv|ov|at|et|it|ot|ut|nt|rt|st|ad|ed|id|od|ud|ob|ir|ur|ez))n{_ENDING}"
)
# podonavsk-, podjetnišk-: -ski is the masculine form itself
_RELATIONAL = re.compile(r"(\w{3,}sk)(?:a|e|o|ega|emu|em|im|ih|imi|ima)")
_LEMMAS = ((_PLAIN, r"\1"), (_FLEETING, r"\1en"), (_RELATIONAL, r"\1i"))


_PLURAL = re.compile(r"(\w{3,}[^\Waceiousy\d])s")


def lemma_by_ending(word: str, language: str) -> str:
    """The masculine form of a folded Slovenian adjective, an English noun's singular; any other word as it is."""
    if language == "sl":
        return next((match.expand(lemma) for form, lemma in _LEMMAS if (match := form.fullmatch(word))), word)
    plural = _PLURAL.fullmatch(word) if language == "en" else None
    return plural[1] if plural else word
