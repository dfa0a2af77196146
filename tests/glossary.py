"""The words of the glossary, each with those that it replaced, as patterns."""

# Concept, and what says it no longer. Upper case matters only where a pattern has it.
REPLACED: dict[str, str] = {
    "collapse, expand": r"(?i)\b(un)?fold(s|ed|ing)?\b",
    "log in": r"(?i)\bsign(ed|ing)? in\b",
    "log in, log out": r"(?i)\blogged-in|\blog-ins?\b",
    "revision": r"(?i)\b(old|earlier|kept) version|\bversions? of (this|the|a) page",
    "revision as of": r"(?i)\b(stands?|stood|standing)\b",
    "removed, restored": r"(?i)\b(gone|came back|left the page|moved away|returned\b(?! HTTP))",
    "ignored, skipped": r"(?i)\bleft out\b|\bleave (it|them) out\b",
    "correction": r"(?i)\brepair(s|ed)?\b|\bset (it |them |a comment )?right\b|\bmend(s|ed)?\b",
    "parse again": r"(?i)\bread (it |them )?again\b",
    "preview": r"(?i)\bdry run\b|\bwould (happen|change|stand)\b",
    "status": r"\b[Ss]tate\b",
    "completed": r"(?i)\bdone\b",
    "canceled": r"(?i)\bcancell",
    "resume": r"(?i)\b(go|goes) on\b|\btaken up\b|\bcarry on\b",
    "compressed": r"(?i)\b(un)?pack(s|ed|ing)?\b",
    "URL": (
        r"(?i)(?<!private )(?<!IP )(?<!e-mail )(?<!the )\baddress(es)?\b"
        r"(?! of a Dask| is not| that)"
    ),
    "ID": r"\b(id|ids)\b",
    "warning": r"(?i)\bproblems?\b",
    "stored": r"(?i)\bkept (revision|page|text|wikitext)",
    "reply, parent comment": r"(?i)\banswer(s|ed|ing)?\b",
    "participant": r"\bsomebody\b|\bnobody\b|\bNobody\b",
    "newer": r"(?i)\byounger\b",
    "sort by": r"(?i)\bin (the )?order of\b",
    "unsigned text": r"(?i)\bpieces? of\b|\bwhat nobody\b",
    "comment history": r"(?i)\bwhat happened\b",
    "for example": r"\bas in “|\bas in \d|\bsuch as (“Talk|Europe)",
    "is not a valid …": r"(?<!There )\bis no (?!longer)|\bcannot be one\b",
    "enter …": r"(?i)(^|[.:;] )give\b|\bgive (it|one|at least)\b",
    "leave empty to …": r"\bEmpty:",
    "administrators": r"(?i)\bwhoever\b",
    "American spelling": r"(?i)colour|recognis|neighbour|behaviour|licence|labelled|catalogue",
    "an ellipsis without a blank": r" …$",
}
