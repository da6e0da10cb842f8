"""What all results are made of. The native module makes and fills the objects; this is how they behave."""

from __future__ import annotations

# `collections.abc` under the name it has at start-up: importing that package would take a millisecond.
from _collections_abc import Mapping

from ._native import amount_text, defined_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from typing import Any, ClassVar, NoReturn

    from typing_extensions import Self, dataclass_transform

    from . import _native

    Amounts = Mapping[str, Decimal]
    Fields = Mapping[str, Any]
else:
    # For those who ask for type hints; attributes of classes have types for type checkers only.
    Any = object
    Amounts = Fields = Mapping

    def dataclass_transform(**_):
        """What tells type checkers that the fields of results are read-only."""
        return lambda cls: cls


WIRE_NAMES = {"from_": "from", "password": "pass"}
"""The gateways' names that Python has another use for."""

PICKLE_VERSION = 1
"""Raised when a pickle means something else than before. New fields do not raise it."""

LONGEST_PRINTED = 200
"""How many characters of a text are printed."""


class NotGiven:
    """What an argument is that was left out, where ``None`` would be a mistake."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<not given>"


NOT_GIVEN: Any = NotGiven()


@defined_once
@dataclass_transform(frozen_default=True)
class Record:
    """An immutable result: compares and hashes by value, prints its fields, pickles, copies and matches."""

    __slots__ = ("__weakref__",)
    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]]
        _required_fields: ClassVar[tuple[str, ...]]
        _list_fields: ClassVar[tuple[str, ...]]
        _secret_fields: ClassVar[tuple[str, ...]]
        _added_fields: ClassVar[tuple[str, ...]]
    else:
        _fields = _required_fields = _list_fields = _secret_fields = ()
        _added_fields = ("event_id", "secret_index", "extra")

    def __init_subclass__(cls, **_: bool) -> None:
        """``init`` and ``match_args`` are for type checkers: what they are not to add to the class."""
        cls.__module__ = "payseal"
        cls._fields = tuple(cls.__slots__)

    def __new__(cls, *_: object, **__: object) -> Self:
        raise TypeError(f"{cls.__name__} objects are made from what a gateway sends, not by hand")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: cannot set {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: cannot delete {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash((type(self), *(_hashable(value) for value in _values(self))))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self._show(name)}" for name in self._fields)
        return f"{type(self).__name__}({fields})"

    def _show(self, name: str) -> str:
        value = getattr(self, name)
        if value is None:
            return "None"
        if name in self._secret_fields:
            return "…"
        if name == "extra":
            # What is in there may be a secret.
            return "{" + ", ".join(f"{_printed(key)}: …" for key in value) + "}"
        return _printed(value)

    def __reduce__(self) -> tuple[object, ...]:
        # By name: another release may have further fields.
        fields = {name: _plain(getattr(self, name)) for name in self._fields}
        return restore, (type(self), PICKLE_VERSION, fields)

    def __copy__(self) -> Record:
        return self

    def __deepcopy__(self, _: object) -> Record:
        return self

    def to_dict(self, *, text_amounts: bool = False) -> dict[str, Any]:
        """The fields by the gateway's names, without those that are absent.

        Parameters:
            text_amounts: Whether amounts become texts of their exact digits. Then everything is what
                JSON, YAML and msgpack have.

        Returns:
            A new dict. Amounts are ``Decimal`` unless told otherwise, statuses plain ``str``, nested
            results dicts, and what verification added (``event_id``, ``secret_index``) is left out.

        >>> from payseal import Bitloga
        >>> call = Bitloga("api-key", "api-secret").apply_code(code="wf9g-amrf-2o9t-831u")
        >>> applied = call.parse(200, '{"amount":1.00,"currency":"USD","success":true}')
        >>> applied.to_dict()
        {'amount': Decimal('1.00'), 'currency': 'USD'}
        >>> applied.to_dict(text_amounts=True)
        {'amount': '1.00', 'currency': 'USD'}
        """
        fields: dict[str, Any] = {}
        for name in self._fields:
            value = getattr(self, name)
            if value is not None and name not in self._added_fields:
                fields[WIRE_NAMES.get(name, name)] = _as_data(value, text_amounts)
        extra = getattr(self, "extra", None)
        if extra:
            fields["extra"] = _as_data(extra, text_amounts)
        return fields

    def to_json(self) -> str:
        """What :meth:`to_dict` gives, as JSON with exact amounts: as texts, for JSON numbers become floats in many readers.

        Returns:
            A text of one line.

        >>> from payseal import Bitloga
        >>> call = Bitloga("api-key", "api-secret").apply_code(code="wf9g-amrf-2o9t-831u")
        >>> call.parse(200, '{"amount":1.00,"currency":"USD","success":true}').to_json()
        '{"amount":"1.00","currency":"USD"}'
        """
        from json import dumps

        return dumps(self.to_dict(text_amounts=True), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        """Lets pydantic and FastAPI take results as they are, and write them as :meth:`to_json` does."""
        core_schema = _core_schema()
        written = core_schema.plain_serializer_function_ser_schema(
            lambda result: result.to_dict(text_amounts=True), when_used="json"
        )
        return core_schema.is_instance_schema(cls, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: object) -> dict[str, Any]:
        return {"type": "object", "title": cls.__name__}


@defined_once
class Extra(Fields):
    """Fields the gateway's document does not name, as they came: read when somebody looks into them."""

    __slots__ = ("_fields",)

    if TYPE_CHECKING:
        _fields: _native.Fields

    def __getitem__(self, name: str) -> Any:
        return self._fields.mapping()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields.mapping())

    def __len__(self) -> int:
        return len(self._fields.mapping())

    def __repr__(self) -> str:
        return repr(_plain(self))


@defined_once
class AmountsRecord(Record, Amounts, match_args=False):
    """A result that is a mapping of currencies to amounts."""

    __slots__ = ()

    if TYPE_CHECKING:
        _amounts: dict[str, Decimal]

    def __getitem__(self, currency: str) -> Decimal:
        return self._amounts[currency]

    def __iter__(self) -> Iterator[str]:
        return iter(self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)

    def __eq__(self, other: object) -> bool:
        """Equal to every mapping with the same amounts."""
        if isinstance(other, AmountsRecord):
            return _values(self) == _values(other)
        if isinstance(other, Mapping):
            return self._amounts == dict(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._amounts.items()))

    def __repr__(self) -> str:
        amounts = ", ".join(f"{_printed(currency)}: {amount!r}" for currency, amount in self._amounts.items())
        return f"{type(self).__name__}({{{amounts}}})"

    def to_dict(self, *, text_amounts: bool = False) -> dict[str, Any]:
        """The amounts by currency, as a new dict.

        Parameters:
            text_amounts: Whether amounts become texts of their exact digits.
        """
        return {currency: _as_data(amount, text_amounts) for currency, amount in self._amounts.items()}


@defined_once
class OpenEnum(str):
    """Text with documented values, more of which may come: unknown ones are kept as they are."""

    __slots__ = ()

    if TYPE_CHECKING:
        _known: ClassVar[tuple[str, ...]]
    else:
        _known = ()

    def __init_subclass__(cls) -> None:
        cls.__module__ = "payseal"
        for value in cls._known:
            setattr(cls, value.upper(), cls(value))

    def __repr__(self) -> str:
        return _printed(str(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        """Lets pydantic and FastAPI read and write it as the text it is."""
        core_schema = _core_schema()
        written = core_schema.to_string_ser_schema()
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(), serialization=written)


@defined_once
class Status(OpenEnum):
    """A status: text that knows what it says of the money."""

    __slots__ = ()

    if TYPE_CHECKING:
        _final: ClassVar[frozenset[str]]
        _paid: ClassVar[frozenset[str]]

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return self in self._final

    @property
    def is_paid(self) -> bool:
        """Whether the money has arrived."""
        return self in self._paid


@defined_once
def restore(cls: type[Record], version: int, fields: dict[str, object]) -> Record:
    """Makes a pickled result again, whichever release pickled it: what this one does not know is left out."""
    missing = next((name for name in cls._required_fields if name not in fields), None)
    if version != PICKLE_VERSION or missing:
        # Frames show up in reports, and so would what is in this one.
        fields = {}
        why = f"of version {version}" if version != PICKLE_VERSION else f"without {missing!r}"
        raise ValueError(f"a pickled {cls.__name__} {why} cannot be read by this release of payseal")
    record = object.__new__(cls)
    for name in cls._fields:
        value = fields.get(name, () if name in cls._list_fields else None)
        object.__setattr__(record, name, _frozen(value or {}) if name == "extra" else value)
    return record


def _core_schema() -> Any:
    """What pydantic describes types with. Only pydantic asks for it."""
    return __import__("pydantic_core.core_schema", fromlist=("*",))


def _values(record: Record) -> tuple[object, ...]:
    return tuple([getattr(record, name) for name in record._fields])


def _frozen(value: object) -> object:
    """Plain data as ``extra`` holds it."""
    if isinstance(value, dict):
        # The type of `types.MappingProxyType`, without importing that module.
        return type(type.__dict__)({key: _frozen(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(item) for item in value)
    return value


def _plain(value: object) -> Any:
    """What ``extra`` holds, as plain data."""
    if isinstance(value, Mapping) and not isinstance(value, Record):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value


def _as_data(value: object, text_amounts: bool) -> Any:
    """A value as plain data, which a subclass of ``str`` is not to everybody."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Record):
        return value.to_dict(text_amounts=text_amounts)
    if isinstance(value, Mapping):
        return {key: _as_data(item, text_amounts) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_as_data(item, text_amounts) for item in value]
    if text_amounts:
        from decimal import Decimal

        if isinstance(value, Decimal):
            return amount_text(value)
    return value


def _printed(value: object) -> str:
    """As ``repr``, of a text not more than its beginning."""
    if isinstance(value, str):
        return repr(value[:LONGEST_PRINTED]) + ("…" if len(value) > LONGEST_PRINTED else "")
    return repr(value)


def _hashable(value: object) -> object:
    if isinstance(value, Mapping) and not isinstance(value, Record):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    if isinstance(value, tuple):
        return tuple(_hashable(item) for item in value)
    return value
