"""Answers → objects: the fast path in one line, and the published client's coercions for everything else.

The mangled names (`_ApiClient__deserialize…`) are part of what users rely on: they call them, and they override them
in subclasses of ApiClient. Where one is overridden, all decoding goes through them.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, ClassVar

from kubernetes.client._model import decode, types
from kubernetes.client._model.base import Model
from kubernetes.client._model.copying import adopt
from kubernetes.client._model.meta import construct
from kubernetes.client._model.state import rare
from kubernetes.client._overriding import released, untouched
from kubernetes.client.exceptions import ApiException

if TYPE_CHECKING:
    from kubernetes.client.configuration import Configuration

_FILE_NAME = r"filename=['\"]?([^'\"\s]+)['\"]?"


class Deserializer:
    """The decoding half of ApiClient; works on an object made without `__init__` too."""

    PRIMITIVE_TYPES: ClassVar[tuple[type, ...]]
    NATIVE_TYPES_MAPPING: ClassVar[dict[str, Any]]
    configuration: Configuration

    def deserialize(self, response: Any, response_type: Any) -> Any:
        """Return the object that `response.data` describes.

        :param response: anything with `.data`, text or bytes
        :param response_type: a type string (`V1Pod`, `list[V1Pod]`, `dict(str, str)`) or a class
        Raises ApiValueError if a model is expected and the data isn't JSON.
        """
        if response_type == "file":
            return self._ApiClient__deserialize_file(response)
        data = response.data
        name = _type_string(response_type)
        if name is None or not types.is_modelled(name):
            return self._ApiClient__deserialize(_parse_or_keep(data), response_type)
        if not self._decodes_bytes():
            return self._ApiClient__deserialize(decode.parse(data, name), response_type)
        if name == "V1Status":
            name = _answered_type(data)
        return self._own(decode.decode(data, name, self._ApiClient__walk))

    def _own(self, value: Any, *, inside: bool = False) -> Any:
        """Give a model just decoded the client's configuration; those inside it too if that makes a difference."""
        configuration = self.__dict__.get("configuration")
        if configuration is not None:
            if not configuration.client_side_validation or (inside and _is_not_the_default(configuration)):
                adopt(value, configuration)
            elif isinstance(value, Model):
                rare(value).configuration = configuration
        return value

    def _decodes_bytes(self) -> bool:
        """Tell whether nothing of the published coercions is overridden."""
        return untouched(self, _RELEASED)

    def _ApiClient__deserialize(self, data: Any, klass: Any) -> Any:  # noqa: N802
        if data is None:
            return None
        name = _type_string(klass)
        if name is not None and types.is_modelled(name) and isinstance(data, (dict, list)) and self._decodes_bytes():
            return self._own(decode.from_builtins(data, name, self._ApiClient__walk), inside=True)
        return self._ApiClient__walk(data, klass)

    def _ApiClient__walk(self, data: Any, klass: Any) -> Any:  # noqa: N802
        """Make an object value by value, coercing as the published client does."""
        if data is None:
            return None
        again = self._ApiClient__deserialize if not self._decodes_bytes() else self._ApiClient__walk
        if isinstance(klass, str):
            container = types.split(klass)
            if container is not None and container[0] == "list":
                return [again(item, container[1]) for item in data]
            if container is not None:
                return {key: again(item, container[1]) for key, item in data.items()}
            klass = self.NATIVE_TYPES_MAPPING[klass] if klass in self.NATIVE_TYPES_MAPPING else types.model_class(klass)
        if klass in self.PRIMITIVE_TYPES:
            return self._ApiClient__deserialize_primitive(data, klass)
        if klass is object:
            return self._ApiClient__deserialize_object(data)
        if klass is datetime.date:
            return self._ApiClient__deserialize_date(data)
        if klass is datetime.datetime:
            return self._ApiClient__deserialize_datetime(data)
        return (self._filled if again == self._ApiClient__walk else self._ApiClient__deserialize_model)(data, klass)

    def _ApiClient__deserialize_model(self, data: Any, klass: Any) -> Any:  # noqa: N802
        return self._own(self._filled(data, klass), inside=True)

    def _filled(self, data: Any, klass: Any) -> Any:
        if not klass.openapi_types:
            return data
        again = self._ApiClient__deserialize if not self._decodes_bytes() else self._ApiClient__walk
        values = {}
        if isinstance(data, (list, dict)):
            for attribute, type_string in klass.openapi_types.items():
                if klass.attribute_map[attribute] in data:
                    values[attribute] = again(data[klass.attribute_map[attribute]], type_string)
        if isinstance(klass, type) and getattr(klass, "_model_", None) is klass:
            return _fill(klass, values)
        return klass(**values, local_vars_configuration=self.__dict__.get("configuration"))

    def _ApiClient__deserialize_primitive(self, data: Any, klass: Any) -> Any:  # noqa: N802
        try:
            return klass(data)
        except UnicodeEncodeError:
            return str(data)
        except TypeError:
            return data

    def _ApiClient__deserialize_object(self, value: Any) -> Any:  # noqa: N802
        return value

    def _ApiClient__deserialize_date(self, string: Any) -> Any:  # noqa: N802
        return _parse_date(string, "date").date()

    def _ApiClient__deserialize_datetime(self, string: Any) -> Any:  # noqa: N802
        return _parse_date(string, "datetime")

    def _ApiClient__deserialize_file(self, response: Any) -> str:  # noqa: N802
        """Write the answer to a new file in the configuration's temporary folder and return its path."""
        import os
        import tempfile

        found = re.search(_FILE_NAME, response.getheader("Content-Disposition") or "")
        if found:
            # A folder of its own: the name is the server's, the place is ours.
            path = os.path.join(
                tempfile.mkdtemp(dir=self.configuration.temp_folder_path), os.path.basename(found[1]) or "download"
            )
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        else:
            handle, path = tempfile.mkstemp(dir=self.configuration.temp_folder_path)
        with os.fdopen(handle, "wb") as file:
            file.write(response.data)
        return path


_PARTS = ("", "_model", "_primitive", "_object", "_date", "_datetime")
_RELEASED = released(Deserializer, (f"_ApiClient__deserialize{part}" for part in _PARTS))


def _is_not_the_default(configuration: Any) -> bool:
    """Tell whether models without a configuration of their own would see another one, by what it says."""
    from kubernetes.client.configuration import Configuration

    default = Configuration._default
    return default is not None and vars(default) != getattr(configuration, "__dict__", None)


def _fill(model_class: Any, values: dict[str, Any]) -> Any:
    """Make a model of decoded values; what a server sent is never refused, so nothing is checked."""
    model = construct(model_class)
    members, replaced = model_class.__dict__, model_class._replaced_
    for name, value in values.items():
        if name not in replaced:
            members[name].__set__(model, value)
    for name in replaced:  # a user's descriptor hears of a required field that is missing, too
        if name in values or name in model_class._required_:
            setattr(model, name, values.get(name))
    return model


def _type_string(response_type: Any) -> str | None:
    if isinstance(response_type, str):
        return response_type
    if isinstance(response_type, type) and issubclass(response_type, Model) and response_type._model_ is response_type:
        return str(response_type.__name__)
    return None


def _parse_or_keep(data: Any) -> Any:
    import json

    try:
        return json.loads(data)
    except ValueError:
        return data


def _answered_type(data: Any) -> str:
    """Return the type of an answer declared as Status: some deletions answer with the object deleted."""
    api_version, kind = decode.kind_of(data)
    if not isinstance(kind, str) or not isinstance(api_version, str | None) or kind == "Status":
        return "V1Status"
    from kubernetes.client._kinds import KINDS

    found: str = KINDS.get((api_version or "", kind), "V1Status")
    return found


def _parse_date(text: Any, kind: str) -> datetime.datetime:
    from dateutil.parser import parse

    try:
        found: datetime.datetime = parse(text)
    except ValueError as error:
        raise ApiException(status=0, reason=f"Failed to parse `{text}` as {kind} object") from error
    return found
