"""Of alternatives that do not fit, the one that is meant speaks; where none is, the union does."""

import pytest

from support.judging import INTEGER, STRING, judge, ref, sites, thing
from wireproof.validating import Verdict

IMAGE = thing({"kind": {"const": "image"}, "url": STRING, "width": INTEGER}, "kind", "url")
CLIP = thing({"kind": {"const": "clip"}, "url": STRING, "seconds": INTEGER}, "kind", "url")
DONE = thing({"state": {"enum": ["done", "stored"]}, "id": STRING, "at": STRING}, "state", "id")
LATE = thing({"state": {"enum": ["queued", "running"]}, "id": STRING, "at": STRING}, "state", "id")

CASES = {
    "the tag decides": ({"oneOf": [IMAGE, CLIP]}, {"kind": "clip", "url": 3}, ["type /url"]),
    "a tag against more members": (
        {"oneOf": [IMAGE, CLIP]},
        {"kind": "clip", "url": "u", "width": 3, "seconds": "s"},
        ["type /seconds", "undocumented /width"],
    ),
    "an unknown tag": ({"oneOf": [IMAGE, CLIP]}, {"kind": "sound", "url": "u"}, ["enum /kind"]),
    "an unknown tag, but the members of one": (
        {"oneOf": [IMAGE, CLIP]},
        {"kind": "sound", "url": "u", "seconds": 3},
        ["const /kind"],
    ),
    "a tag of another type": ({"oneOf": [IMAGE, CLIP]}, {"kind": 3, "url": "u"}, ["type /kind"]),
    "a tag that is absent": ({"anyOf": [IMAGE, CLIP]}, {"url": "u"}, ["required /kind"]),
    "a tag that is null": ({"anyOf": [IMAGE, CLIP]}, {"kind": None, "url": "u"}, ["type /kind"]),
    "tags of several words": ({"oneOf": [DONE, LATE]}, {"state": "lost", "id": "1"}, ["enum /state"]),
    "a tag that only one has": (
        {"oneOf": [IMAGE, thing({"p": STRING, "q": STRING}, "p", "q")]},
        {"kind": "zzz", "url": "u", "width": 1},
        ["const /kind"],
    ),
    "members decide": (
        {
            "oneOf": [
                thing({"url": STRING, "width": INTEGER}, "url", "width"),
                thing({"text": STRING}, "text"),
            ]
        },
        {"url": "u"},
        ["required /width"],
    ),
    "nothing decides": (
        {"oneOf": [thing({"url": STRING}, "url"), thing({"text": STRING}, "text")]},
        {},
        ["oneOf"],
    ),
    "no alternative of that type": ({"oneOf": [IMAGE, {"type": "array"}]}, "x", ["type"]),
    "the only alternative of that type": (
        {"anyOf": [IMAGE, {"type": "null"}]},
        {"kind": "image"},
        ["required /url"],
    ),
    "scalars: the closest speaks": (
        {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string", "maxLength": 1}]},
        "zz",
        ["format"],
    ),
    "an integer where a number may stand": (
        {"anyOf": [{"type": "number", "minimum": 9}, {"type": "null"}]},
        3,
        ["minimum"],
    ),
    "several fit": ({"oneOf": [{"type": "number"}, INTEGER]}, 3, ["oneOf"]),
    "lists of alternatives": (
        {"oneOf": [{"type": "array", "items": IMAGE}, {"type": "array", "items": STRING}]},
        [{"kind": "image", "url": 4}],
        ["type /*/url"],
    ),
    "a union in a union": (
        {"oneOf": [{"anyOf": [IMAGE, CLIP]}, STRING]},
        {"kind": "clip", "url": "u", "seconds": "x"},
        ["type /seconds"],
    ),
    "a union beside members": (
        {**thing({"id": STRING}, "id"), "oneOf": [thing({"a": STRING}, "a"), thing({"b": STRING}, "b")]},
        {"id": "1", "a": 3},
        ["type /a"],
    ),
}


@pytest.mark.parametrize(("schema", "value", "expected"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
def test_unions(schema, value, expected, reference):
    assert sites(schema, value, reference=reference) == expected


def test_the_closest_alternative_s_sites_are_the_union_s_parts():
    union = {"oneOf": [thing({"url": STRING}, "url"), thing({"text": STRING}, "text")]}
    (site,) = judge(union, {}).sites
    assert (site.promised, [part.path for part in site.parts]) == ("one of 2 alternatives", [("url",)])


def test_an_unknown_tag_is_told_with_all_that_are_known():
    (site,) = judge({"oneOf": [DONE, LATE, DONE]}, {"state": "lost", "id": "1"}).sites
    assert site.promised == 'one of "done", "stored", "queued", "running"'


def family(**more):
    branches = {"Cat": "#/$defs/cat", "Dog": "#/$defs/dog"}
    return {"x-discriminator": {"property": "kind", "branches": branches, "mapped": False, **more}}


CAT = {"allOf": [ref("it"), thing({"lives": INTEGER}, "lives")]}
DOG = {"allOf": [ref("it"), thing({"tricks": INTEGER}, "tricks")]}
PET = {**thing({"kind": STRING}, "kind"), **family()}
MAPPED = {**thing({"kind": STRING}, "kind"), **family(mapped=True)}

HEIRS = {
    "an heir as promised": (PET, {"kind": "Cat", "lives": 7}, []),
    "an heir is judged": (PET, {"kind": "Cat", "lives": "7"}, ["type /lives"]),
    "what an heir requires": (PET, {"kind": "Dog"}, ["required /tricks"]),
    "what both say is told once": (PET, {"kind": 4, "lives": 7}, ["type /kind"]),
    "another heir's member": (PET, {"kind": "Cat", "lives": 7, "tricks": 1}, ["undocumented /tricks"]),
    "an heir that is not known": (PET, {"kind": "Cow", "lives": 7, "z": 1}, ["undocumented /z"]),
    "an heir that is not known, of a mapping": (MAPPED, {"kind": "Cow", "lives": 7}, ["enum /kind"]),
    "no heir named, of a mapping": (MAPPED, {}, ["required /kind"]),
    "an heir named by another type, of a mapping": (MAPPED, {"kind": 3}, ["type /kind"]),
    "no object": (PET, 3, ["type"]),
}


@pytest.mark.parametrize(("schema", "value", "expected"), HEIRS.values(), ids=HEIRS)
def test_heirs(schema, value, expected):
    assert sites(schema, value, cat=CAT, dog=DOG) == expected


LOOSE_CAT = thing({"kind": STRING, "lives": INTEGER}, "kind")
LOOSE_DOG = thing({"kind": STRING, "tricks": INTEGER}, "kind")
CHOICE = {"anyOf": [ref("cat"), ref("dog")], **family()}

DECIDED = {
    "the one that is named": (CHOICE, {"kind": "Cat", "lives": 7}, []),
    "the one that is named, although another fits": (CHOICE, {"kind": "Cat", "lives": "7"}, ["type /lives"]),
    "members of the other": (CHOICE, {"kind": "Cat", "tricks": 7}, ["undocumented /tricks"]),
    "none is named, one fits": (CHOICE, {"kind": "Cow", "lives": 7}, []),
    "none is named, none fits": (CHOICE, {"lives": 7}, ["required /kind"]),
    "none is named, of a mapping": (
        {**CHOICE, **family(mapped=True)},
        {"kind": "Cow", "lives": 7},
        ["enum /kind"],
    ),
}


@pytest.mark.parametrize(("schema", "value", "expected"), DECIDED.values(), ids=DECIDED)
def test_a_discriminator_decides(schema, value, expected):
    assert sites(schema, value, cat=LOOSE_CAT, dog=LOOSE_DOG) == expected


def test_a_body_whose_discriminator_names_nothing_is_invalid():
    mapped = {**CHOICE, **family(mapped=True)}
    assert judge(mapped, {"kind": "Cow"}, cat=LOOSE_CAT, dog=LOOSE_DOG).verdict is Verdict.INVALID
    assert judge(mapped, {"kind": "Cat", "z": 1}, cat=LOOSE_CAT, dog=LOOSE_DOG).verdict is Verdict.VALID
