"""What all results are made of. The native module makes and fills the objects; this is how they behave."""

from __future__ import annotations

# `collections.abc` under the name it has at start-up: importing that package would take a millisecond.
from _collections_abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from typing import Any, ClassVar, NoReturn

    from typing_extensions import Self

    from . import _native

    Amounts = Mapping[str, Decimal]
    Fields = Mapping[str, Any]
else:
    Amounts = Fields = Mapping

WIRE_NAMES = {"from_": "from", "password": "pass"}
"""The gateways' names that Python has another use for."""


class Record:
    """An immutable result: compares and hashes by value, prints its fields, pickles, copies and matches."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()
    _secret_fields: ClassVar[tuple[str, ...]] = ()
    _added_fields: ClassVar[tuple[str, ...]] = ("event_id", "secret_index", "extra")

    def __init_subclass__(cls) -> None:
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
        if name in self._secret_fields:
            return "…"
        if name == "extra":
            # Nobody knows what is in there.
            return "{" + ", ".join(f"{key!r}: …" for key in value) + "}"
        return repr(value)

    def __reduce__(self) -> tuple[object, ...]:
        return restore, (type(self), tuple(_plain(value) for value in _values(self)))

    def __copy__(self) -> Record:
        return self

    def __deepcopy__(self, _: object) -> Record:
        return self

    def to_dict(self) -> dict[str, Any]:
        """The fields by the gateway's names, without those that are absent.

        Returns:
            A new dict. Amounts are ``Decimal``, nested results are dicts, and what verification
            added (``event_id``, ``secret_index``) is left out.
        """
        fields: dict[str, Any] = {}
        for name in self._fields:
            value = getattr(self, name)
            if value is not None and name not in self._added_fields:
                fields[WIRE_NAMES.get(name, name)] = _as_dict(value)
        extra = getattr(self, "extra", None)
        if extra:
            fields["extra"] = _plain(extra)
        return fields


class Extra(Fields):
    """Fields the gateway's document does not name, as they came: read when somebody looks into them."""

    __slots__ = ("_fields",)
    _fields: _native.Fields

    def __getitem__(self, name: str) -> Any:
        return self._fields.mapping()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields.mapping())

    def __len__(self) -> int:
        return len(self._fields.mapping())

    def __repr__(self) -> str:
        return repr(_plain(self))


class AmountsRecord(Record, Amounts):
    """A result that is a mapping of currencies to amounts."""

    __slots__ = ()
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
        return f"{type(self).__name__}({self._amounts!r})"

    def to_dict(self) -> dict[str, Any]:
        """The amounts by currency, as a new dict."""
        return dict(self._amounts)


class OpenEnum(str):
    """Text with documented values, more of which may come: unknown ones are kept as they are."""

    __slots__ = ()
    _known: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__module__ = "payseal"
        for value in cls._known:
            setattr(cls, value.upper(), cls(value))


class Status(OpenEnum):
    """A status: text that knows what it says of the money."""

    __slots__ = ()
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


def restore(cls: type[Record], values: tuple[object, ...]) -> Record:
    """Makes a pickled result again."""
    record = object.__new__(cls)
    for name, value in zip(cls._fields, values):
        object.__setattr__(record, name, _frozen(value) if name == "extra" else value)
    return record


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


def _as_dict(value: object) -> object:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_as_dict(item) for item in value]
    return value


def _hashable(value: object) -> object:
    if isinstance(value, Mapping) and not isinstance(value, Record):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    if isinstance(value, tuple):
        return tuple(_hashable(item) for item in value)
    return value
