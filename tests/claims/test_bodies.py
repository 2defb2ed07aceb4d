"""JSON as pages show it: mended where it can be, each mend stated with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import DEEPEST, LARGEST, read_bodies, starts_body
from wireproof.claims.claim import Lines

CASES = {
    "as it should be": ('{"a": [1, 2.5, null, true, "x"]}', {"a": [1, 2.5, None, True, "x"]}, []),
    "line breaks of Markdown": ('{"a": [\\\n1, \\\n"x\\\\y"]}', {"a": [1, "x\\y"]}, []),
    "a line comment": ('{"a": 1, // why\n"b": 2}', {"a": 1, "b": 2}, [(1, "a comment was left out")]),
    "a hash comment": ('{\n# why\n"a": 1}', {"a": 1}, [(2, "a comment was left out")]),
    "a block comment": ('{"a": /* why\nnot */ 1}', {"a": 1}, [(1, "a comment was left out")]),
    "a comment that never ends": (
        '{"a": 1, /* why\n}',
        {"a": 1},
        [(1, "a comment was left out"), (2, "the example ends before it is closed")],
    ),
    "a slash inside a string": ('{"a": "http://x"}', {"a": "http://x"}, []),
    "a trailing comma": (
        '{"a": [1,],\n}',
        {"a": [1]},
        [(1, "a trailing comma was left out"), (2, "a trailing comma was left out")],
    ),
    "a comma too many": ('{"a": 1,, "b": 2}', {"a": 1, "b": 2}, [(1, "a comma too many was left out")]),
    "a comma missing": ('{"a": 1\n"b": 2}', {"a": 1, "b": 2}, [(2, "a comma was missing")]),
    "a comma missing in an array": ('["a" "b"]', ["a", "b"], [(1, "a comma was missing")]),
    "a colon missing": ('{"a" 1}', {"a": 1}, [(1, "a colon was missing")]),
    "a value missing": ('{"a": , "b": 2}', {"b": 2}, [(1, "the value of 'a' is missing")]),
    "a value missing at the end": ('{"a": 1, "b": }', {"a": 1}, [(1, "the value of 'b' is missing")]),
    "a value without a key": ('{"a": 1, {"b": 2}}', {"a": 1}, [(1, "a value without a key was left out")]),
    "other quotes": ("{'a': “x”}", {"a": "x"}, [(1, 'other quotes than " were read as quotes')]),
    "keys without quotes": ("{a: 1}", {"a": 1}, [(1, "a key without quotes was read as a key")]),
    "words of Python": (
        '{"a": True, "b": None}',
        {"a": True, "b": None},
        [(1, "True was read as its JSON form"), (1, "None was read as its JSON form")],
    ),
    "full-width signs": (
        '{"a"：1，"b"：2}',
        {"a": 1, "b": 2},
        [(1, "a full-width sign was read as its ASCII form")],
    ),
    "an unclosed string": (
        '{"a": "x,\n"b": 1}',
        {"a": "x", "b": 1},
        [(1, "a string was not closed on its line")],
    ),
    "an unknown escape": (
        r'{"a": "\_x"}',
        {"a": r"\_x"},
        [(1, "an unknown escape in a string was read as its character")],
    ),
    "an escape beyond help": (
        r'{"a": "\u12"}',
        {"a": r"\u12"},
        [(1, "an unknown escape in a string was read as its character")],
    ),
    "no number": ('{"a": 01, "b": 1e999}', {}, [(1, "a number that is no JSON was left out")]),
    "a bracket too many": (
        '{"a": 1]}',
        {"a": 1},
        [(1, "a closing bracket that nothing opened was left out")],
    ),
    "a bracket missing": ('[{"a": 1]', [{"a": 1}], [(1, "a closing bracket was missing")]),
    "a key twice": ('{"a": 1, "a": 2}', {"a": 2}, [(1, "the key 'a' is repeated; the last one counts")]),
    "a placeholder": (
        '{"a": <id>, "b": string, "c": {{x}}}',
        {},
        [(1, "a placeholder in place of a value was left out")],
    ),
    "text behind it": ('{"a": 1} and so on', {"a": 1}, [(1, "text after the closing bracket was left out")]),
    "a semicolon behind it": ('{"a": 1};', {"a": 1}, []),
    "stray signs": ('{"a": 1, ^ "b": 2}', {"a": 1, "b": 2}, [(1, "text that is no JSON was left out")]),
}


def lines_of(text, first=1):
    return [Line(number, line) for number, line in enumerate(text.split("\n"), first)]


@pytest.mark.parametrize(("text", "value", "repairs"), CASES.values(), ids=CASES.keys())
def test_a_body_is_read_and_its_mends_are_stated(text, value, repairs):
    (body,) = read_bodies(lines_of(text))
    assert (body.value, [(repair.line, repair.what) for repair in body.repairs]) == (value, repairs)


@pytest.mark.parametrize(
    ("text", "value", "elided"),
    [
        ('{"a": 1, ...}', {"a": 1}, ((),)),
        ('{"a": [1, …]}', {"a": [1]}, (("a",),)),
        ('{"a": ...}', {}, (("a",),)),
        ('{"a": 1 // more fields\n}', {"a": 1}, ((),)),
        ('{"list": [{...}]}', {"list": [{}]}, (("list", 0),)),
    ],
)
def test_what_a_page_leaves_out_is_no_absence(text, value, elided):
    (body,) = read_bodies(lines_of(text))
    assert (body.value, body.elided) == (value, elided)


def test_every_value_has_its_line():
    (body,) = read_bodies(lines_of('{\n"a": [\n{"b": 1},\n2]\n}', first=7))
    assert body.at == {(): 7, ("a",): 8, ("a", 0): 9, ("a", 0, "b"): 9, ("a", 1): 10}


def test_several_bodies_and_what_stands_between_them():
    bodies = read_bodies(lines_of('// success\n{"a": 1}\n\n// failure\n[2]'))
    assert [(body.value, body.captions) for body in bodies] == [({"a": 1}, ("success",)), ([2], ("failure",))]


def test_a_cut_body_says_so():
    (body,) = read_bodies(lines_of('{"a": [1,\n{"b": '))
    assert (body.value, body.complete) == ({"a": [1, {}]}, False)


def test_a_body_that_nests_too_deeply_is_not_read():
    (body,) = read_bodies(lines_of("[" * (DEEPEST + 5)))
    assert (body.readable, body.complete) == (False, False)


def test_a_body_that_is_too_large_is_read_up_to_a_limit():
    row = '"' + "x" * 1000 + '",'
    count = LARGEST // len(row) + 10
    (body,) = read_bodies(lines_of("[\n" + "\n".join([row] * count) + "\n]"))
    assert (body.complete, body.repairs, body.unread) == (False, (), Lines(len(body.value) + 2, count + 2))


@pytest.mark.parametrize("head", ["[", '{"a": [\n'])
def test_a_line_that_is_too_large_ends_the_reading_of_its_block(head):
    bodies = read_bodies(lines_of(head + "1," * LARGEST + "\n]"))
    assert [(body.readable, body.unread is not None) for body in bodies] == [("{" in head, True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", True),
        ('{"a": 1}', True),
        ("[1]", True),
        ("{ key: 1", True),
        ("{id}", False),
        ("{% tab %}", False),
        ("[link](x)", False),
        ("text", False),
    ],
)
def test_where_loose_json_begins(text, expected):
    assert starts_body(text) is expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=5), JSON) | st.lists(JSON), st.sampled_from([None, 2]))
def test_json_is_read_as_it_is(value, indent):
    import json

    (body,) = read_bodies(lines_of(json.dumps(value, indent=indent)))
    assert (body.value, body.repairs) == (value, ())


@given(st.text(alphabet="{}[]\",:'/*#.\\ \nab1<>…“，", max_size=80))
def test_nothing_breaks_the_reader(text):
    for body in read_bodies(lines_of(text)):
        assert body.lines.first <= body.lines.last


TYPES_IN_CODE = {
    "TypeScript, an array of objects": "{\n  rules: Array<{\n    id: string;\n  }>;\n}",
    "TypeScript, a union": '{\n  state: "on" | "off";\n  at: string | null;\n  n?: number[];\n}',
    "TypeScript, an index": "{\n  [key: string]: number;\n  a: Record<string, { b: boolean }>;\n}",
    "TypeScript, a function": "{\n  done: (id: string) => { ok: boolean };\n}",
    "Go": '{\n\tID string `json:"id"`\n\tTags []string `json:"tags"`\n\tIn struct {\n\t\tN int\n\t}\n}',
    "Java": "{\n  private String id;\n  List<Map<String, Object>> rows = new ArrayList<>() {{ add(1); }};\n}",
    "a word for a type, then a value": '{"a": string, "a": 1, "b": 2}',
    "a word for a type, twice": '{"a": string, "a": number, "b": 2}',
    "a word for a type in what is replaced": '{"a": {"b": string}, "a": 1, "c": 2}',
    "a word for a type where a key belongs": '{"a": 1, {"b": string}, "c": 2}',
}


@pytest.mark.parametrize("text", TYPES_IN_CODE.values(), ids=TYPES_IN_CODE.keys())
def test_types_of_a_programming_language_break_nothing(text):
    for body in read_bodies(lines_of(text)):
        assert all(_has(body.value, path) for path in body.at if path not in body.elided)


def _has(value, path):
    for key in path:
        if not (isinstance(value, dict) and key in value) and not (
            isinstance(value, list) and key < len(value)
        ):
            return False
        value = value[key]
    return True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": string, "a": 1, "b": 2}', {"a": 1, "b": 2}),
        ('{"a": string, "a": number, "b": 2}', {"b": 2}),
        ('{"a": [1, string, 2], "b": {"c": string}}', {"a": [1, 2], "b": {}}),
        ('{"a": 1, {"b": string, "d": 4}, "c": 2}', {"a": 1, "c": 2}),
        ('{"a": string, "b": number}', {"a": "string", "b": "number"}),
    ],
)
def test_a_word_for_a_type_is_no_value(text, value):
    (body,) = read_bodies(lines_of(text))
    assert body.value == value


CODE = [
    *"{}[]<>():;,|?=&#`@*.1",
    *("=>", "...", "-2.5", "true", "null", "//", "/*", "*/"),
    *("string", "number", "int", "object", "Array", "Array<{", "}>;", "[]string", "struct {", "interface {"),
    *("Record<string, ", "map[string]", "List<", "new Date()", "a.b", "a", "b", '"a"', "'b'", '"a": ', "a: "),
    *("a?: ", '`json:"a"`', "private String a;", "func (a int) {", "{{a}}", "<a>", "{a}", "\n", "\n  ", "\n"),
]


@given(st.lists(st.sampled_from(CODE), max_size=40))
def test_no_code_breaks_the_reader(pieces):
    for body in read_bodies(lines_of("{" + " ".join(pieces))):
        assert body.lines.first <= body.lines.last


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"x": string}, "a": 1, "b": 2}',
        '{"a": {"x": string, "z": 1}, "a": {"y": 2}, "b": 2}',
        '{"a": [{"x": string, "z": 1}], "a": [], "b": 2}',
    ],
    ids=["by a number", "by an object", "by a list"],
)
def test_a_word_for_a_type_may_be_gone_with_the_value_that_a_second_key_replaced(text):
    (body,) = read_bodies([Line(1, text)])
    assert body.value["b"] == 2
