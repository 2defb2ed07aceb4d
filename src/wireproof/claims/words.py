"""The words that documentation uses for its own parts, in the languages it is written in.

Tables only.  A word stands in lower case, without accents where Latin; `folded` brings a
page's word to that form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "FORMATS",
    "OPTIONAL",
    "PLACES",
    "REQUIRED",
    "ROLES",
    "TYPES",
    "UNITS",
    "folded",
    "roles_of",
    "words_of",
]

TYPES: Final[dict[str, str]] = {
    word: name
    for name, words in {
        "string": "string str text varchar char uuid guid url uri email binary base64 "
        "字符串 字符 文本 字符型 文字列 テキスト cadena texto chaine zeichenkette строка 문자열",
        "integer": "integer int int8 int16 int32 int64 uint uint32 uint64 long short bigint smallint tinyint "
        "整数 整型 整形 長整数 长整型 长整数 entero entier inteiro ganzzahl целое 정수",
        "number": "number float float32 float64 double decimal numeric num "
        "数字 数值 数值型 浮点 浮点数 小数 浮点型 数値 浮動小数点 numero nombre zahl число 숫자",
        "boolean": "boolean bool 布尔 布尔值 布尔型 真偽値 真偽 ブール booleano booleen logico булево 불리언",
        "object": "object obj map dict dictionary struct json jsonobject hash record "
        "对象 物件 字典 结构体 オブジェクト 連想配列 objeto objet objekt объект 객체",
        "array": "array list jsonarray slice vector set "
        "数组 列表 集合 阵列 配列 リスト arreglo matriz lista tableau liste массив 배열",
        "null": "null nil none 空 nulo",
        "any": "any mixed unknown enum timestamp variant file 文件 ファイル archivo datei fichier 파일 "
        "任意 枚举 枚举值 时间戳 enumeracion cualquiera "
        "列挙 列挙型 zeitstempel zeitpunkt",
        "date": "date datetime date-time time 日期 时间 日期时间 日付 日時 fecha datum uhrzeit",
    }.items()
    for word in words.split()
}
"""Words for types → JSON type name, or `any` (claims no type), or `date` (a string, format open)."""

FORMATS: Final[dict[str, str]] = {
    word: name
    for name, words in {
        "uuid": "uuid|guid",
        "uri": "uri|url",
        "byte": "byte|base64",
        "int64": "int64|long",
        "date-time": "date-time|rfc3339",
        "": "datetime|date|time|int|timestamp|decimal|enum|json|iso8601|iso 8601",
        **{
            same: same
            for same in (
                "email",
                "int32",
                "float",
                "double",
                "binary",
                "password",
                "ipv4",
                "ipv6",
                "hostname",
            )
        },
    }.items()
    for word in words.split("|")
}
"""Words for formats → the format's name in JSON Schema, or empty where the word is too loose."""

REQUIRED: Final[frozenset[str]] = frozenset(
    "required|mandatory|yes|true|y|must|m|always|heavy_check_mark|white_check_mark|✓|✔|✅|√|☑|●|○|○ 必須|"
    "是|必填|必须|必需|必选|必传|必輸|必要|真|"
    "必須|はい|要|◯|obligatorio|obligatoria|requerido|requerida|si|obligatoire|requis|oui|pflicht|"
    "erforderlich|ja|obrigatorio|obrigatoria|obbligatorio|sim|да|обязательный|обязательно|필수|예".split("|")
)
OPTIONAL: Final[frozenset[str]] = frozenset(
    "optional|no|false|n|not required|conditional|conditionally|conditionally required|"
    "条件必填|条件必须|有条件必填|条件必选|条件必传|条件付き必須|条件付き|condicional|conditionnel|bedingt|조건부|"
    "условно обязательный|o|heavy_minus_sign|x|✗|✘|❌|×|否|可选|选填|非必填|"
    "非必须|非必需|不必填|非必选|"
    "非必传|可不传|假|任意|いいえ|不要|省略可|省略可能|オプション|opcional|facultatif|optionnel|non|"
    "optionell|nein|"
    "nao|facoltativo|opzionale|нет|необязательный|선택|아니오|아니요".split("|")
)

COLUMNS: Final[dict[str, str]] = {
    word: column
    for column, words in {
        "name": "field|fields|field name|parameter|parameters|param|parameter name|param name|name|key|"
        "property|"
        "properties|attribute|argument|member|variable|element|json key|field path|path|json path|body|"
        "header|header name|headers|字段|字段名|字段名称|参数|参数名|参数名称|参数字段|名称|名字|属性|"
        "属性名|键|键名|变量名|变量|"
        "返回字段|返回参数|响应参数|请求参数|返回值字段|請求參數|參數|參數名稱|欄位|フィールド|"
        "フィールド名|パラメータ|パラメーター|パラメータ名|"
        "項目|項目名|名前|キー|プロパティ|名称・キー|campo|campos|parametro|nombre|nombre del campo|"
        "propiedad|atributo|clave|"
        "champ|parametre|nom|nome|feld|eigenschaft|поле|параметр|имя|название|필드|파라미터|이름|항목",
        "type": "type|data type|datatype|types|value type|json type|field type|kind|类型|数据类型|"
        "字段类型|参数类型|值类型|類型|"
        "資料類型|型|タイプ|データ型|データタイプ|tipo|tipo de dato|tipo de datos|typ|datentyp|тип|тип "
        "данных|타입|유형|자료형",
        "required": "required|mandatory|require|required?|req|req.|is required|necessary|must|presence|"
        "requirement|"
        "必填|是否必填|必须|是否必须|是否必需|必需|必选|是否必选|必传|是否必传|必要|必填项|是否必要|必須|"
        "必須?|必須/任意|必須項目|必須／任意|"
        "obligatorio|requerido|es obligatorio|obrigatorio|obbligatorio|obligatoire|requis|pflicht|"
        "pflichtfeld|erforderlich|обязательный|обязательное|обязательная|"
        "обязательно|obrigatoria|obligatoria|obligatoires|"
        "обязательность|필수|필수 여부|required/optional|mandatory/optional|m/o",
        "optional": "optional|optional?|可选|是否可选|opcional",
        "nullable": "nullable|null|nullable?|可空|可为空|是否可空|允许空|可为null|null可|null許容|nulo",
        "description": "description|desc|desc.|meaning|notes|note|remark|remarks|comment|comments|"
        "details|detail|"
        "explanation|definition|info|information|purpose|summary|what it means|usage|label|"
        "说明|描述|备注|含义|解释|详情|参数说明|字段说明|中文名|中文含义|描述信息|說明|備註|名称说明|"
        "注释|意味|説明|備考|内容|概要|"
        "descripcion|descricao|descrizione|significado|observaciones|observacao|notas|beschreibung|"
        "bedeutung|описание|значение поля|комментарий|설명|비고",
        "example": "example|examples|sample|example value|sample value|e.g.|示例|例子|示例值|样例|举例|"
        "参数示例|字段示例|示例数据|"
        "参考值|範例|例|サンプル|"
        "値の例|設定例|ejemplo|exemplo|esempio|exemple|beispiel|пример|예시|예",
        "default": "default|default value|defaults|默认|默认值|缺省值|预设值|既定値|デフォルト|"
        "デフォルト値|初期値|valor por defecto|"
        "por defecto|predeterminado|padrao|predefinito|par defaut|standard|по умолчанию|기본값",
        "location": "in|location|position|where|passed in|sent in|param type|parameter type|位置|"
        "参数位置|传参方式|参数类型位置|"
        "所在位置|ubicacion|lugar|場所|送信場所|emplacement|ort|расположение|위치",
        "enum": "enum|enums|values|allowed values|possible values|accepted values|allowed|options|"
        "choices|枚举|枚举值|"
        "可选值|取值|取值范围|可取值|列挙|列挙値|取り得る値|valores|valores posibles|valores permitidos|"
        "valeurs|werte|значения",
        "format": "format|格式|形式|フォーマット|formato",
        "unit": "unit|units|单位|單位|単位|unidad|unidades|unite|einheit|단위",
        "level": "level|nesting|层级|层次|级别|階層|レベル|nivel|niveau|ebene|уровень|단계",
        "inner": "子字段|sub field|subfield|sub-field|child field|下级字段|子参数|subcampo|子フィールド",
        "value": "value|code|status|state|status code|error code|http status|http code|http status code|"
        "constant|"
        "enum value|task status|response code|return code|http|错误码|状态码|状态值|返回码|响应码|值|"
        "状态|代码|编码|任务状态|"
        "狀態|錯誤碼|値|状態|コード|ステータス|ステータスコード|エラーコード|valor|estado|codigo|codigo "
        "de error|"
        "codigo de estado|codigo http|valeur|etat|statut|wert|zustand|код|статус|состояние|값|상태|코드",
    }.items()
    for word in words.split("|")
}
"""Headers of table columns → what the column holds."""

ROLES: Final[dict[str, str]] = {
    word: role
    for role, words in {
        "request": "request|requests|input|inputs|请求|入参|输入|輸入|入力|entrada|entradas|eingabe|eingaben|"
        "입력|調用|调用|請求|solicitud|peticion|"
        "solicitudes|requisicao|richiesta|リクエスト|要求|aufruf|"
        "requete|anfrage|запрос|запроса|요청|requestbody|pedido|solicitacao",
        "response": "response|responses|answer|answers|returns|return|returned|output|outputs|reply|"
        "响应|返回|返回值|"
        "出参|应答|返回结果|回應|"
        "回傳|输出|輸出|出力|salida|salidas|saida|sortie|ausgabe|출력|输入输出|响应体|返回体|respuesta|respuestas|レスポンス|応答|戻り値|返却値|reponse|"
        "antwort|resposta|respostas|retorno|risposta|ответ|ответа|응답|callback|返却",
        "result": "result|results|结果|結果|resultado|resultados|ergebnis|результат|결과",
        "example": "example|examples|sample|samples|demo|示例代码|代码示例|样例代码|コード例|"
        "サンプルコード|示例|例子|样例|范例|範例|例|サンプル|ejemplo|"
        "ejemplos|muestra|exemplo|exemplos|esempio|exemple|"
        "beispiel|пример|примеры|예시|예제|representation",
        "path": "path|uri|路径|ruta|パス|chemin|pfad|пути|경로",
        "query": "query|querystring|查询|consulta|クエリ|クエリー|쿼리",
        "header": "header|headers|头部|请求头|头|表头|cabecera|cabeceras|encabezado|encabezados|ヘッダー|"
        "ヘッダ|en-tete|cabecalho|cabecalhos|헤더",
        "cookie": "cookie|cookies",
        "body": "body|payload|请求体|包体|报文|正文|消息体|cuerpo|ボディ|本文|corps|corpo|тело|본문",
        "parameters": "parameter|parameters|param|params|argument|arguments|参数|參數|parametro|"
        "parametros|パラメータ|パラメーター|"
        "parametre|parametres|parametri|параметры|параметр|파라미터|매개변수",
        "fields": "field|fields|element|elements|member|members|attribute|attributes|property|properties|"
        "schema|structure|model|字段|"
        "属性|结构|数据结构|欄位|"
        "campo|campos|campi|propiedades|atributos|esquema|フィールド|項目|プロパティ|スキーマ|champs|felder|"
        "поля|필드",
        "values": "value|values|status|statuses|state|states|enum|enums|enumeration|enumerations|"
        "constants|options|枚举|取值|枚举值|"
        "状态|状态值|狀態|值|任务状态|estado|estados|valor|valores|ステータス|状態|値|statuts|etats|상태|값",
        "codes": "code|codes|码|状态码|错误码|返回码|codigo|codigos|コード|ステータスコード|エラーコード|"
        "코드",
        "error": "error|errors|failure|failed|fail|failures|错误|异常|失败|出错|errores|エラー|異常|失敗|"
        "fallo|erro|erros|errore|errori|erreur|erreurs|fehler|"
        "ошибки|ошибка|오류|에러|실패|exception|exceptions|报错|fehlgeschlagen|fallida|fallido|fallito|echec|falha",
        "success": "success|successful|ok|succeeded|成功|正常|exito|exitosa|correcta|correcto|succes|"
        "erfolg|успех|성공",
        "authorization": "authentication|authorization|auth|security|鉴权|认证|授权|身份验证|認證|"
        "autenticacion|autorizacion|認証|"
        "authentification|авторизация|인증",
        "filler": "the|of|a|an|for|and|in|with|to|from|by|on|when|at|details|detail|description|"
        "descriptions|important|list|reference|"
        "references|data|definition|definitions|format|type|content|content-type|main|key|common|public|"
        "basic|additional|"
        "all|available|possible|candidate|allowed|supported|http|https|json|application/json|api|task|"
        "object|objects|full|complete|"
        "typical|your|key|general|returned|information|table|explanation|meaning|explained|notes|other|"
        "url|message|"
        "de|la|el|los|las|del|en|y|posibles|detalle|lista|descripcion|tarea|datos|formato|"
        "的|和|与|及|说明|列表|详情|描述|详细|一览|公共|业务|通用|主要|数据|格式|内容|任务|信息|含义|表|"
        "清单|定义|接口|示意|体|类型|"
        "說明|の|と|一覧|説明|詳細|データ|形式|タスク|定義|取り得る|可能な|時|"
        "da|do|dos|das|di|della|dei|des|les|le|du|und|der|die|das|et|pour|para|zur|der|eine|einer|в|и|описание|목록|설명|"
        "완전한|전체|및|의|完整|补充|該当|完全|sont|der|für|fur|vollstandig|completo|completa|complet|complete|below|following|"
        "shown|above|这里|如下|以下|下面|下列|次",
    }.items()
    for word in words.split("|")
}
"""Words of section titles → the part they announce; `filler` words may stand beside them."""

ACTIONS: Final[dict[str, str]] = {
    word: place
    for place, words in {
        "first": "add append approve assign attach begin bulk cancel change check clear close complete "
        "confirm copy create deactivate delete disable download duplicate edit enable end execute "
        "export fetch find generate get import invite join leave list mark merge modify move obtain "
        "pause place poll post preview publish query read refresh register remove rename replace "
        "request reset resend restore resume retrieve revoke save schedule search send set show "
        "start stop submit subscribe sync transfer trigger unsubscribe update upload validate "
        "verify view write creating deleting getting listing retrieving sending updating "
        "obtener consultar crear listar enviar eliminar actualizar buscar cancelar criar obter atualizar "
        "creer obtenir lister supprimer modifier envoyer создать получить удалить обновить how",
        "last": "anlegen erstellen abrufen loschen aktualisieren senden abfragen 생성 조회 삭제 등록 수정",
        "glued": "获取 查询 创建 提交 查看 取消 上传 生成 修改 新增 添加 删除 更新 编辑 设置 "
        "发送 下载 批量 下单 撤单 取得 作成 削除 登録 照会 送信",
    }.items()
    for word in words.split()
}
"""Verbs of titles that name what a caller does → whether they come first, last, or glued to their object."""

PLACES: Final[dict[str, str]] = {
    word: place
    for place, words in {
        "path": "path|uri|路径|ruta|パス",
        "query": "query|querystring|查询|consulta|クエリ",
        "header": "header|请求头|头部|cabecera|ヘッダー",
        "cookie": "cookie",
        "body": "body|json|form|formdata|请求体|cuerpo|ボディ",
    }.items()
    for word in words.split("|")
}
"""Words for where a parameter travels → the place."""

UNITS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (
            (
                r"\b(?:in|units?:?)\s+(?:millis|ms)\b|\bmilliseconds?\b|\(ms\)|毫秒|ミリ秒|milisegundos|мс\b|"
                r"\bmillisekunden\b|\bmillisecondes\b|\bmilissegundos\b|밀리초"
            ),
            "ms",
        ),
        (
            (
                r"\b(?:in|units?:?)\s+(?:secs?|s)\b|\bseconds\b|\bsecond\(s\)|\(s\)|(?<![毫リ])秒(?:(?!级)|"
                r"级(?=(?:unix)?时间戳))|"
                r"\bsegundos\b|\bsekunden\b|\bsecondes\b|(?<!밀리)초(?:\b|입|단위|로)"
            ),
            "s",
        ),
        (r"\b(?:in|unit:?)\s+minutes\b|分钟", "min"),
        (r"\bpercent(?:age)?\b|百分比|パーセント|porcentaje|\b0\s*(?:-|–|to|~)\s*100\s*%", "percent"),
        (r"\b(?:in|unit:?)\s+(?:bytes)\b|\(bytes\)|字节|バイト", "byte"),
        (r"\b(?:in|unit:?)\s+(?:pixels|px)\b|像素|ピクセル|píxeles", "px"),
    )
)
"""Words for units in a description → the unit."""

_WORD = re.compile(r"application/json|[^\s,.;:&＆()（）\[\]{}/|·•!?—–\-：、，。*#`\"']+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・]+")
_SCRIPTS = re.compile(
    r"(?<=[a-z])(?=[\u3040-\u30ff\u3400-\u9fff])|(?<=[\u3040-\u30ff\u3400-\u9fff])(?=[a-z])"
)
"""Where a word of one script is glued to one of another: `Header参数`."""
_SHORTEST: Final = 4
"""Letters of each half of a compound."""
_LONGEST = max(len(word) for word in ROLES)


@lru_cache(maxsize=1024)  # a page says the same few words over and over
def folded(text: str) -> str:
    """Return the text in lower case, without accents, marks of emphasis and doubled blanks."""
    plain = text.replace("`", "").replace("**", "").strip().lower()
    if plain.isascii():
        return " ".join(plain.split())
    plain = unicodedata.normalize("NFKD", plain)
    marks = (place for place, char in enumerate(plain) if "\u0300" <= char <= "\u036f")
    short_i = "и\u0306"  # a letter of its own
    dropped = {place for place in marks if plain[place - 1 : place + 1] != short_i}
    plain = "".join(char for place, char in enumerate(plain) if place not in dropped)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def roles_of(text: str) -> tuple[list[str], list[str]]:
    """Return the roles that the words of a title announce, in order, and the words it has beside them."""
    roles, others = _roles_of(text)
    return list(roles), list(others)


@lru_cache(maxsize=256)
def _roles_of(text: str) -> tuple[list[str], list[str]]:
    roles: list[str] = []
    others: list[str] = []
    for word in _written(text):
        if _CJK.fullmatch(word) and word not in ROLES:
            _split_glued(word, roles, others)
        elif word in ROLES:
            roles.append(ROLES[word])
        elif parts := _compound(word):
            roles += parts
        else:
            others.append(word)
    return roles, others


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a title in order, each with the role that it announces.

    The role of a word of its subject is empty, that of a verb among ideographs is `act`.  Neighbouring
    ideographs that are no words of titles are one word.
    """
    words: list[tuple[str, str]] = []
    for word in _written(text):
        if word in ROLES:
            words.append((word, ROLES[word]))
        elif _CJK.fullmatch(word):
            words += _glued(word)
        elif parts := _compound(word):
            words += [(word, role) for role in parts]
        elif any(map(str.isalnum, word)):
            words.append((word, ""))
    return tuple(words)


def _written(text: str) -> Iterator[str]:
    """Yield the words of a title as they are written, those of two scripts apart: `Header参数`."""
    return (part for token in _WORD.findall(folded(text)) for part in _SCRIPTS.split(token))


def _glued(word: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a run of ideographs, which has no blanks: the longest known ones."""
    start = begun = 0
    while start < len(word):
        for end in range(min(len(word), start + _LONGEST), start, -1):
            known = ROLES.get(word[start:end]) or ("act" if word[start:end] in ACTIONS else "")
            if known:
                if begun < start:
                    yield word[begun:start], ""
                yield word[start:end], known
                start = begun = end
                break
        else:
            start += 1
    if begun < start:
        yield word[begun:start], ""


def _compound(word: str) -> list[str]:
    """Return the roles of a word that German writes as one: `pfadparameter`, `antwortfelder`."""
    if len(word) > 2 * _LONGEST:
        return []
    for end in range(_SHORTEST, len(word) - _SHORTEST + 1):
        head, tail = word[:end], word[end:]
        known = ROLES.get(head) or ROLES.get(head.removesuffix("s"), "filler")
        if known != "filler" and tail in ROLES:
            return [known, ROLES[tail]]
    return []


def _split_glued(word: str, roles: list[str], others: list[str]) -> None:
    """Split a run of ideographs, which has no blanks, into the longest known words."""
    start = 0
    while start < len(word):
        for end in range(min(len(word), start + _LONGEST), start, -1):
            if word[start:end] in ROLES:
                roles.append(ROLES[word[start:end]])
                start = end
                break
        else:
            others.append(word[start])
            start += 1
