"""Bodies that are not one strict JSON object: refused wherever a body is read, whatever its fields would be."""

from __future__ import annotations

from .forms import Body, nested, pieces

MEBIBYTE = 1024 * 1024

# In the bodies below `@` stands for the members of a good body, so that only the mistake can be what is refused.

# JSON, but not one object.
NO_OBJECTS: dict[str, str] = {
    "null": "null",
    "a number": "1.00",
    "a text": '"Payed"',
    "true": "true",
    "an empty list": "[]",
    "a list of two objects": "[{@},{@}]",
}

# Not one JSON value.
TEXTS: dict[str, str] = {
    "empty": "",
    "only blanks": " \r\n\t",
    "not JSON": "status=Payed&amount=1.00",
    "HTML": "<!DOCTYPE html><html><body>Payed</body></html>",
    "cut off": "{@",
    "BOM": "\ufeff{@}",
    "a second value behind it": "{@}{@}",
    "rubbish behind it": "{@};",
    "a closing brace too many": "{@}}",
    "a NUL behind it": "{@}\x00",
    "a NUL before it": "\x00{@}",
    "a NUL inside a text": '{@,"x":"a\x00b"}',
    "a line feed inside a text": '{@,"x":"a\nb"}',
    "a tab inside a text": '{@,"x":"a\tb"}',
    "U+001F inside a text": '{@,"x":"a\x1fb"}',
    "a no-break space between values": '{@,\u00a0"x":1}',
    "a form feed between values": '{@,\f"x":1}',
    "a line separator behind it": "{@}\u2028",
    "a comma behind the last member": "{@,}",
    "two commas": '{@,,"x":1}',
    "a comma behind the last item": '{@,"x":[1,]}',
    "a missing comma": '{@ "x":1}',
    "a missing colon": '{@,"x" 1}',
    "a missing value": '{@,"x":}',
    "a list closed by a brace": '{@,"x":[1}}',
    "a name without quotes": "{@,x:1}",
    "a number as a name": "{@,1:1}",
    "single quotes": "{@,'x':1}",
    "a block comment": "{@/* paid */}",
    "a line comment": "{@}// paid",
    "a duplicate key": '{@,"x":1,"x":1}',
    "a duplicate key, once written with an escape": '{@,"x":1,"\\u0078":2}',
    "a duplicate key in Cyrillic, once written with escapes": ('{@,"ключ":1,"\\u043a\\u043b\\u044e\\u0447":2}'),
    "a duplicate key that is an emoji, once written with escapes": '{@,"😀":1,"\\ud83d\\uDE00":2}',
    "a duplicate key that is empty": '{@,"":1,"":2}',
    "a duplicate key inside an unknown field": '{@,"x":{"a":1,"b":2,"a":1}}',
    "a duplicate key deep inside an unknown field": '{@,"x":[[{"y":[{"a":1,"\\u0061":2}]}]]}',
    "True of Python": '{@,"x":True}',
    "undefined": '{@,"x":undefined}',
    "NaN": '{@,"x":NaN}',
    "Infinity": '{@,"x":-Infinity}',
    "a number with a plus sign": '{@,"x":+1}',
    "a number with a leading zero": '{@,"x":01}',
    "a negative number with a leading zero": '{@,"x":-01}',
    "a number without digits before the point": '{@,"x":.5}',
    "a number without digits behind the point": '{@,"x":1.}',
    "a number without digits in the exponent": '{@,"x":1e}',
    "a number without digits behind the sign of the exponent": '{@,"x":1e+}',
    "a minus sign alone": '{@,"x":-}',
    "a hexadecimal number": '{@,"x":0x10}',
    "an unknown escape": '{@,"x":"\\x41"}',
    "an escaped single quote": '{@,"x":"\\\'"}',
    "an escape of three digits": '{@,"x":"\\u041"}',
    "an escape that is not hexadecimal": '{@,"x":"\\u00g1"}',
    "an escape with a sign": '{@,"x":"\\u+041"}',
    "a text that does not end": '{@,"x":"a',
    "a text that ends in a backslash": '{@,"x":"a\\',
    "a high surrogate alone": '{@,"x":"\\ud83d"}',
    "a low surrogate alone": '{@,"x":"\\ude00"}',
    "a high surrogate before a letter": '{@,"x":"\\ud83da"}',
    "a high surrogate before another escape": '{@,"x":"\\ud83d\\n"}',
    "two high surrogates": '{@,"x":"\\ud83d\\ud83d"}',
    "surrogates the wrong way round": '{@,"x":"\\ude00\\ud83d"}',
    "a lone surrogate in a name": '{@,"\\ud83d":1}',
    "65 levels of lists": '{@,"x":' + nested(64) + "}",
    "65 levels of objects": '{@,"x":' + '{"x":' * 63 + "{}" + "}" * 63 + "}",
}

# Bytes that are not UTF-8, inside a text of an unknown field.
NOT_UTF8: dict[str, bytes] = {
    "a byte that no UTF-8 has": b"\xff",
    "Latin-1": b"caf\xe9",
    "Windows-1251": b"\xcf\xf0\xe8\xe2\xe5\xf2",
    "a continuation byte alone": b"\x80",
    "a sequence cut off": b"\xf0\x9f\x98",
    "an overlong slash": b"\xc0\xaf",
    "an overlong NUL": b"\xc0\x80",
    "a surrogate written as UTF-8": b"\xed\xa0\x80",
    "a code point beyond U+10FFFF": b"\xf4\x90\x80\x80",
}


def bad_bodies(members: str) -> dict[str, Body]:
    """Every bad body around the members of a good one, by what is wrong with it."""
    good = "{" + members + "}"
    bodies: dict[str, Body] = {}
    for case, text in {**NO_OBJECTS, **TEXTS}.items():
        bodies[case] = text.replace("@", members)
    for case, rubbish in NOT_UTF8.items():
        bodies["not UTF-8: " + case] = good[:-1].encode() + b',"x":"' + rubbish + b'"}'
    bodies["not UTF-8: in a name"] = good[:-1].encode() + b',"\xff":1}'
    bodies["not UTF-8: UTF-16"] = good.encode("utf-16-le")
    bodies["not UTF-8: UTF-16 with a BOM"] = b"\xff\xfe" + good.encode("utf-16-le")
    bodies["10,000 levels of lists"] = pieces((good[:-1] + ',"x":', 1), ("[", 10_000), ("]", 10_000), ("}", 1))
    bodies["10,000 levels of objects"] = pieces(
        (good[:-1] + ',"x":', 1), ('{"x":', 10_000), ("1", 1), ("}", 10_000), ("}", 1)
    )
    bodies["10,000 lists that are never closed"] = pieces(("[", 10_000))
    bodies["one byte over 1 MiB"] = pieces((good, 1), (" ", MEBIBYTE + 1 - len(good.encode())))
    bodies["5 MiB of blanks"] = pieces((good, 1), (" ", 5 * MEBIBYTE))
    bodies["5 MiB in one text"] = pieces((good[:-1] + ',"x":"', 1), ("a", 5 * MEBIBYTE), ('"}', 1))
    return bodies
