"""Sample calls in Go, PHP, Java, C# and Ruby, as far as they are written out."""

import pytest

from wireproof.claims.claim import CallClaim, ExampleClaim
from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

URL = "https://api.example.com/v1/jobs"
CALLS = {
    "go": f"""req, err := http.NewRequest("POST", "{URL}", strings.NewReader(`{{"prompt": "x"}}`))
req.Header.Set("X-Api-Key", key)""",
    "php": f"""$curl = curl_init();
curl_setopt_array($curl, [
  CURLOPT_URL => "{URL}",
  CURLOPT_CUSTOMREQUEST => "POST",
  CURLOPT_POSTFIELDS => '{{"prompt": "x"}}',
  CURLOPT_HTTPHEADER => ["X-Api-Key: 1"],
]);""",
    "java": f'''HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("{URL}"))
    .header("X-Api-Key", "a")
    .POST(HttpRequest.BodyPublishers.ofString("""
      {{"prompt": "x"}}
    """))
    .build();''',
    "csharp": f'''var client = new HttpClient();
client.DefaultRequestHeaders.Add("X-Api-Key", "k");
var body = """{{"prompt": "x"}}""";
var answer = await client.PostAsync("{URL}", new StringContent(body));''',
    "ruby": f"""uri = URI("{URL}")
request = Net::HTTP::Post.new(uri)
request["X-Api-Key"] = "k"
request.body = '{{"prompt": "x"}}'""",
}


def page(language, code, *, listed="string"):
    return (
        "# Jobs\n\n`POST /v1/jobs`\n\n## Request body\n\n"
        f"| Name | Type |\n|---|---|\n| prompt | {listed} |\n\n"
        f"```{language}\n{code}\n```\n"
    )


def claims(text, kind):
    return [one for one in read_page(text.encode(), name="page").claims if isinstance(one, kind)]


@pytest.mark.parametrize("language", CALLS)
def test_a_call_has_method_address_headers_and_body(language):
    text = page(language, CALLS[language])
    call = claims(text, CallClaim)[0]

    assert (call.method, call.url, [name for name, _ in call.headers]) == ("POST", URL, ["X-Api-Key"])
    assert [one.value for one in claims(text, ExampleClaim)] == [{"prompt": "x"}]


@pytest.mark.parametrize("language", CALLS)
def test_a_call_that_goes_elsewhere_is_told(language):
    found = proofread(read_page(page(language, CALLS[language].replace("/jobs", "/job")).encode(), name="p"))

    assert [one.rule for one in found.contradictions] == ["docs-request-mismatch"]


@pytest.mark.parametrize("language", CALLS)
def test_what_a_call_sends_is_held_against_the_list(language):
    found = proofread(read_page(page(language, CALLS[language], listed="object").encode(), name="p"))

    assert [(one.rule, one.pointer) for one in found.contradictions] == [("docs-type-mismatch", "/prompt")]


SILENT = {
    "two addresses": CALLS["ruby"] + '\nother = URI("https://api.example.com/v1/others")',
    "no method": f'req := http.NewRequest(method, "{URL}", nil)',
    "headers from elsewhere": CALLS["java"].replace('.header("X-Api-Key", "a")', ".headers(common)"),
    "an address in two parts": 'http.NewRequest("POST", base + "/jobs", nil)',
    "no call": f'const url = "{URL}";',
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_a_call_that_is_not_all_written_out_is_left_out(code):
    assert claims(page("go", code), CallClaim) == []


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (f'http.Get("{URL}/" + id)', f"{URL}/{{id}}"),
        (f'http.Get(fmt.Sprintf("{URL}/%s", id))', f"{URL}/{{value}}"),
        (f'Net::HTTP.get(URI("{URL}/#{{id}}"))', f"{URL}/{{id}}"),
    ],
)
def test_what_is_put_into_an_address_is_a_place(code, address):
    assert [one.url for one in claims(page("go", code), CallClaim)] == [address]


def test_basic_authorization_is_a_header():
    code = f'request = Net::HTTP::Get.new(URI("{URL}"))\nrequest.basic_auth("me", "secret")'

    assert [one.headers[0][0] for one in claims(page("ruby", code), CallClaim)] == ["Authorization"]
