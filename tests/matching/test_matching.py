"""Which operation a call belongs to, by method and URL; and what is said where there is none."""

import pytest

from support.contracts import contract
from wireproof.exchange import Exchange
from wireproof.matching import Match, called, match_by_url, media_type_fits, nearest_route, routes

ANSWERS = {"200": {"description": "d"}}


def api(*paths, servers=(), provider="p", methods=("get",)):
    """Return a contract that has some paths under some servers."""
    import json

    from support.contracts import document
    from wireproof.openapi import load_contract

    made = document({})
    made["paths"] = {
        path: {method: {"operationId": f"{method} {path}", "responses": ANSWERS} for method in methods}
        for path in paths
    }
    made["servers"] = [{"url": url} for url in servers]
    return load_contract(f"{provider}.json", json.dumps(made).encode(), provider=provider)


def match(url, *contracts, method="GET", any_host=False, status=200):
    record = Exchange.from_parts(body=b"", method=method, url=url, status=status)
    return match_by_url(routes(contracts), record, any_host=any_host)


def matched(url, *contracts, **more):
    """Return the id of the operation that a URL belongs to, or the reason why there is none."""
    found = match(url, *contracts, **more)
    return found.operation.id if isinstance(found, Match) else found.reason


V1 = "https://api.example.com/v1"
NONE = "no contract has GET "

FOUND = {
    "as written": (["/a"], [V1], "https://api.example.com/v1/a", True),
    "with a query and a fragment": (["/a"], [V1], "https://api.example.com/v1/a?x=1#y", True),
    "with a slash at its end": (["/a"], [V1], "https://api.example.com/v1/a/", True),
    "of a path with a slash at its end": (["/a/"], [V1], "https://api.example.com/v1/a", True),
    "of the root path": (["/"], [V1], "https://api.example.com/v1", True),
    "of the root path without a base": (["/"], [], "https://api.example.com/", True),
    "in capitals": (["/a"], [V1], "HTTPS://API.Example.COM/v1/a", True),
    "a path in capitals": (["/a"], [V1], "https://api.example.com/v1/A", False),
    "with the usual port": (["/a"], [V1], "https://api.example.com:443/v1/a", True),
    "of a server with the usual port": (["/a"], ["http://x.example:80"], "http://x.example/a", True),
    "with another port": (["/a"], [V1], "https://api.example.com:8443/v1/a", False),
    "with a name and a password": (["/a"], [V1], "https://ann:pw@api.example.com/v1/a", True),
    "an identifier": (["/a/{id}"], [V1], "https://api.example.com/v1/a/7", True),
    "no identifier": (["/a/{id}"], [V1], "https://api.example.com/v1/a/", False),
    "an identifier with a slash in it": (["/a/{id}"], [V1], "https://api.example.com/v1/a/x%2Fy", True),
    "two segments for one": (["/a/{id}"], [V1], "https://api.example.com/v1/a/x/y", False),
    "an escaped letter": (["/a b"], [V1], "https://api.example.com/v1/a%20b", True),
    "an escaped letter in the contract": (["/a%20b"], [V1], "https://api.example.com/v1/a b", True),
    "two names in one segment": (["/{name}.{kind}"], [V1], "https://api.example.com/v1/a.json", True),
    "signs of regular expressions": (["/a.b+(c)"], [V1], "https://api.example.com/v1/a.b+(c)", True),
    "… that are no regular expressions": (["/a.b"], [V1], "https://api.example.com/v1/axb", False),
    "another host": (["/a"], [V1], "https://elsewhere.example/v1/a", False),
    "the machine itself": (["/a"], [V1], "http://localhost:8000/v1/a", True),
    "… by number": (["/a"], [V1], "http://127.0.0.1:8000/v1/a", True),
    "… by number, version 6": (["/a"], [V1], "http://[::1]:8000/v1/a", True),
    "… without a port": (["/a"], [V1], "http://[::1]/v1/a", True),
    "a host that only begins like it": (["/a"], [V1], "http://localhost.example/v1/a", False),
    "a path alone": (["/a"], [V1], "/v1/a", True),
    "a server that is a path": (["/a"], ["/v1"], "https://any.example/v1/a", True),
    "a server that is a path, another path": (["/a"], ["/v1"], "https://any.example/a", False),
    "a server with variables": (
        ["/a"],
        ["https://{region}.example.com/{v}"],
        "https://eu.example.com/v2/a",
        True,
    ),
    "no server: any host and base": (["/a"], [], "https://any.example/some/base/a", True),
    "no server, another path": (["/a"], [], "https://any.example/b", False),
    "no URL at all": (["/a"], [V1], "http://[broken/v1/a", False),
}


@pytest.mark.parametrize(("paths", "servers", "url", "found"), FOUND.values(), ids=FOUND)
def test_a_url(paths, servers, url, found):
    assert isinstance(match(url, api(*paths, servers=servers)), Match) is found


def test_any_host_is_admitted_where_the_user_chose_the_contract():
    assert matched("https://proxy.example/v1/a", api("/a", servers=[V1]), any_host=True) == "get /a"


def test_more_fixed_letters_win():
    pets = api("/pets/{id}", "/pets/mine", "/{any}/{thing}")
    assert matched("/pets/mine", pets) == "get /pets/mine"
    assert matched("/pets/7", pets) == "get /pets/{id}"
    assert matched("/cows/7", pets) == "get /{any}/{thing}"


def test_the_host_s_own_contract_goes_before_those_that_admit_any_host():
    free, own = api("/a", provider="free"), api("/{x}", servers=[V1], provider="own")
    assert match("https://api.example.com/v1/a", free, own).operation.provider == "own"
    assert match("https://elsewhere.example/a", free, own).operation.provider == "free"


def test_the_method_counts():
    both = api("/a", methods=("get", "post"))
    assert matched("/a", both, method="post") == "post /a"
    assert matched("/a", api("/a"), method="DELETE") == (
        "no contract has DELETE /a; nearest: p get /a (GET /a), which differs in the method (DELETE, not GET)"
    )


def test_a_match_carries_the_promised_answer():
    assert match("/a", api("/a")).status == "200"
    assert (match("/a", api("/a"), status=500).response, match("/a", api("/a"), status=500).status) == (
        None,
        "500",
    )
    assert match("/a", api("/a"), status=None).status == ""


def test_a_tie_is_no_match_and_lists_the_candidates():
    found = match("/a", api("/a", provider="one"), api("/a", provider="two"))
    assert (found.reason, found.hint) == (
        "GET /a fits one get /a and two get /a equally well",
        "choose with --provider NAME or --spec FILE",
    )


def test_the_same_operation_under_two_servers_is_one():
    assert (
        matched("https://a.example/x", api("/x", servers=["https://a.example", "https://{any}.example"]))
        == "get /x"
    )


UNMATCHED = {
    "another path": (
        "https://api.example.com/v1/b",
        "GET /v1/b on api.example.com",
        "the path",
    ),
    "another host": (
        "https://x.example/v1/a/7",
        "GET /v1/a/* on x.example",
        "the host (x.example, not api.example.com)",
    ),
}


@pytest.mark.parametrize(("url", "call", "differs"), UNMATCHED.values(), ids=UNMATCHED)
def test_what_differs_from_the_nearest_is_told(url, call, differs):
    nearest = "p get /a/{id} (GET /a/{id})"
    reason = f"no contract has {call}; nearest: {nearest}, which differs in {differs}"
    assert matched(url, api("/a/{id}", servers=[V1])) == reason


def test_the_contract_of_the_host_is_known_although_no_operation_is():
    own = api("/a", servers=[V1])
    assert match("https://api.example.com/v1/b", own).contract is own
    assert match("https://x.example/v1/b", own).contract is None


def test_a_capture_without_a_request_is_unmatched():
    record = Exchange.from_parts(body=b"")
    assert match_by_url(routes([api("/a")]), record, any_host=False).reason == "the capture has no request"
    assert nearest_route(routes([api("/a")]), record) is None


def test_without_contracts_there_is_no_nearest():
    assert matched("/a") == NONE + "/a"


CALLS = {
    "https://x.example/v1/tasks/8f14e45fceea167a?key=1": "GET /v1/tasks/*",
    "/users/ann@example.org/photos/7": "GET /users/*/photos/*",
    "/files/sk-live_a1b2c3d4e5f6": "GET /files/*",
    "/a%20b/c": "GET /*/c",
    "/": "GET /",
    "/task-list/all.json": "GET /task-list/all.json",
}


@pytest.mark.parametrize(("url", "shown"), CALLS.items(), ids=CALLS)
def test_of_a_path_only_names_are_shown(url, shown):
    assert called(Exchange.from_parts(body=b"", method="GET", url=url).request) == shown


def test_of_a_method_only_known_ones_are_shown():
    assert called(Exchange.from_parts(body=b"", method="hunter2", url="/a").request) == "* /a"


@pytest.mark.parametrize(
    ("promised", "came", "fits"),
    [
        ("application/json", "application/json", True),
        ("*/*", "text/html", True),
        ("text/*", "text/csv", True),
        ("text/*", "application/json", False),
        ("application/json", "application/problem+json", False),
    ],
)
def test_media_types(promised, came, fits):
    assert media_type_fits(promised, came) is fits


def test_a_contract_of_one_operation():
    assert [route.operation.id for route in routes([contract({})])] == ["get"]


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("elsewhere.example", "elsewhere.example"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("0000000000000000000000000003925d.example", "another host"),
    ],
)
def test_a_host_that_holds_an_identifier_is_not_shown(host, shown):
    assert f" on {shown}" in matched(f"https://{host}/zzz", api("/a", servers=[V1]))
