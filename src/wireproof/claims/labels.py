"""The labels that pages write before a fact of a field: `Type: string`, `必須: はい`.  A table only."""

from __future__ import annotations

from typing import Final

__all__ = ["LABELS"]

LABELS: Final[dict[str, str]] = {
    word: fact
    for fact, words in {
        "type": "type|data type|类型|数据类型|参数类型|字段类型|類型|型|タイプ|データ型|データタイプ|"
        "tipo|tipo de dato|"
        "typ|datentyp|тип|타입|유형|자료형",
        "required": "required|mandatory|必填|是否必填|必选|是否必选|必需|是否必需|必须|是否必须|必传|"
        "是否必传|必須|"
        "requerido|obligatorio|obrigatorio|obligatoire|requis|pflicht|erforderlich|обязательный|필수|"
        "필수 여부",
        "default": "default|default value|默认|默认值|缺省值|デフォルト|デフォルト値|既定値|初期値|"
        "valor por defecto|"
        "predeterminado|padrao|par defaut|standard|standardwert|기본값|기본 값",
        "example": "example|example value|sample|示例|示例值|样例|例|サンプル|ejemplo|exemplo|exemple|"
        "beispiel|"
        "예시|예",
        "description": "description|说明|描述|含义|备注|説明|概要|内容|descripcion|descricao|"
        "beschreibung|설명",
        "enum": "enum|values|allowed values|possible values|accepted values|options|available options|"
        "可选值|可选项|枚举|枚举值|取值|取值范围|オプション値|オプション|選択肢|列挙値|取り得る値|"
        "valores|valores posibles|"
        "valores permitidos|opciones|werte|erlaubte werte|옵션|옵션 값|허용 값|가능한 값",
        "format": "format|格式|形式|フォーマット|formato|형식",
        "location": "in|location|位置|参数位置|場所|위치",
        "nullable": "nullable|可空",
    }.items()
    for word in words.split("|")
}
"""Labels before a fact (`Type: string`) → the fact."""
