"""Questions that were typed as sentences: the words that say what is asked about.

“What did Salsman say about interns in 2019” asks for Salsman, interns and 2019.
"""

import re
from dataclasses import replace
from functools import cache

from threads.search.tokens.folding import tokens_of

from .parsing import Form, Query, Word

MANY = 4  # words, from which on a query may be a sentence
# Words that ask, in the languages of the pages: English, German, French, Spanish, Arabic.
_ASKING = (
    "did do does how what when where which who whom whose why",
    "wann warum was welche welcher welches wem wen wer wie wo",
    "comment où pourquoi qu quand que quel quelle quelles quels qui quoi",
    "cual cuales cuando cómo cuál cuáles cuándo donde dónde qué quién quiénes",
    "ماذا متى أين كيف لماذا هل",
)
# Words that hold sentences together, and those of saying.
_HOLDING = (
    "a about all also an and any are as at be been by can could ever for from had has have he her "
    "him his i if in into is it its me my not of on or our said say saying says she should so some "
    "that the their them then there they think thinks thought this to us was we were will with "
    "would write wrote you your",
    "aber als am an auch auf aus bei beim das dass dem den der des die du ein eine einem einen "
    "einer er es für gesagt haben hat hatte ich ihr im in ist kann man meint meinte mit nach nicht "
    "oder sagt sagte schrieb sich sie sind so über um und uns vom von vor war waren wird wurde zu "
    "zum zur jahr jahre",
    "a à ai au aux avec avez avons c ce ces cet cette d dans de des dit dire du elle en est et été "
    "était ils il j je l la le les leur mais n ne nous on ont ou par pas pense pensé pour s sa se "
    "ses son sont sujet sur t un une vous y année",
    "a al como con de decir del dice dicho dijeron dijo el ella ellos en era es escribió está fue "
    "ha han hay la las lo los me no nos o para pero piensa por porque se si sin sobre son su sus "
    "un una y año",
    "ما من قال قالت قالوا يقول كتب كتبت عن في على إلى مع هو هي هم كان كانت هذا هذه ذلك التي الذي "
    "أن إن أو ثم بشأن حول عام سنة",
)
# Chinese is written without blanks: these stand among other characters.
_CHINESE_ASKING = "为什么|為什麼|什么|什麼|怎么样|怎么|怎麼|哪里|哪些|哪个|谁|誰|何时|吗|呢"
_CHINESE_HOLDING = (
    "说了些什么|说了什么|说过什么|说什么|写了什么|是什么|关于|關於|对于|有关|说过|说了|說了|认为|"
    "(?<=[0-9])年|在|对|的|了"
)
_CHINESE = re.compile(f"{_CHINESE_HOLDING}|{_CHINESE_ASKING}")


@cache
def _tokens_of(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token for words in languages for token in tokens_of(words))


def _is_sentence(query: Query) -> bool:
    if len(query.words) >= MANY:
        return True
    asking = _tokens_of(_ASKING)
    return any(
        re.search(_CHINESE_ASKING, word.text) or not asking.isdisjoint(tokens_of(word.text))
        for word in query.words
    )


def without_small_words(query: Query) -> Query | None:
    """The query with those of its words only that say what is asked about; None where it has no
    others, or nothing else, or is no sentence."""
    small = _tokens_of(_ASKING + _HOLDING)
    kept: dict[Word, None] = {}
    for word in query.words:
        if word.form is not Form.WHOLE or word.without:
            kept[word] = None
            continue
        for text in _CHINESE.sub(" ", word.text).split():
            tokens = tokens_of(text)
            if tokens and not small.issuperset(tokens):
                kept[Word(text)] = None
    words = tuple(kept)
    is_left = any(not word.without for word in words)
    if words == query.words or not is_left or not _is_sentence(query):
        return None
    return replace(query, words=words)
