"""What strangers try: requests sent inward (SSRF), and words that would be markup (XSS).

`test_attacks.py` counts them; the rooms' own tests try them.
"""

from __future__ import annotations

CLOSED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.1.2.3",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
"""Addresses that are not of the open internet."""

ELSEWHERE = [
    "file:///etc/passwd",
    "ftp://news.example/feed",
    "gopher://news.example:70/_GET",
    "data:text/html,hello",
    "javascript:alert(1)",
    "http://user:secret@news.example/",
    "http://user@news.example/",
    "http://news.example:22/",
    "http://news.example:25/",
    "https://news.example:445/",
    "http://news.example:99999/",
    "http://[::1/",
    "http://news.example/" + "a" * 5_000,
]
"""URLs of what is no document of the web, or of another service."""
BROKEN = [
    "",
    "//news.example/feed",
    "news.example/feed",
    "http://",
    "http:///feed",
    "http://news.example/\r\nHost: inner",
    "http://news.example/ HTTP/1.1",
]
"""What is no URL, or would be two requests."""

ODD_SPELLINGS = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"]
"""Of loopback, as resolvers take them."""

HOSTILE = (
    "<script>alert(1)</script>",
    "</div></main><script src=//evil.example/x.js></script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "{{ 7*7 }}{% for x in y %}",
    "]]><!--",
    "&lt;script&gt;&#60;b&#62;",
    "abc\u202egnp.exe\u202c",
    "\u2066\u2067hidden\u2069",
    "<img src=`x`onerror=alert(1)>",
    "<a href=javascript&colon;alert(1)>x</a>",
    "<form action=//evil.example><input name=q autofocus onfocus=alert(1)>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=></object>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<template><script>alert(1)</script></template>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>".replace("\0", "\u200b"),
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "javascript:alert(1)//<b onclick=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "${7*7} #{7*7} <%= 7*7 %> {{constructor.constructor('alert(1)')()}}",
)
"""Words of an article, a feed, a name."""
