"""What comes as bytes, or as a form's text.

text.py             bytes, or a form's text, as the text that MediaWiki would have stored
recognition.py      what a file is that was chosen wrongly
uploads.py          uploaded files, kept until their import is done
compression.py      packed files as a stream
sevenzip.py         the one file in a 7z archive, as a stream
export_parts.py     what MediaWiki's export format holds
export_elements.py  the same made of XML elements
export_xml.py       an export as a stream of that, also where the XML is broken
"""
