"""Which way a language is written."""

# MediaWiki's codes of the languages that are written from right to left.
RIGHT_TO_LEFT = """
    acm aeb aeb-arab aii apc ar arc arq ary arz azb bcc bft bgc-arab bgn bqi ckb dv fa fuc glk
    he hno khw kk-arab kk-cn ks ks-arab ku-arab lad-hebr lki lrc luz mey ms-arab mzn nqo ota phr
    pnb prs ps sd sdh skr skr-arab tmr trw ug ug-arab ur yi
"""


def direction(language: str) -> str:
    """ "ltr" or "rtl", as HTML's `dir` wants it. In: MediaWiki's language code."""
    return "rtl" if language.lower() in RIGHT_TO_LEFT.split() else "ltr"
