"""In → Out: the normalised document → the document that openapi-generator gets.

A fix whose subject is there and that changes nothing has become wrong or needless: it fails by its name.
"""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any

from generator import upstream_bugs, wishes
from generator.errors import Failure
from generator.names import class_name, snake
from generator.refs import check_references

if TYPE_CHECKING:
    from collections.abc import Callable

    Fix = Callable[[dict[str, Any]], int]
    Applies = Callable[[dict[str, Any]], bool]


FIXES: list[tuple[Fix, Applies]] = [
    (upstream_bugs.exec_command_is_a_list, upstream_bugs.has_pod_exec),
    (upstream_bugs.portforward_ports_are_text, upstream_bugs.has_pod_portforward),
    (wishes.add_custom_objects, wishes.is_api_server),
    (wishes.add_api_discovery, wishes.is_api_server),
    (wishes.shorten_definition_names, wishes.has_kubernetes_names),
    (wishes.merge_patches_first, wishes.has_custom_patches),
    (wishes.keep_seldom_read_raw, wishes.has_seldom_read),
    (wishes.mark_deletions, wishes.has_deletions),
    (wishes.mark_free_objects, wishes.has_free_objects),
    (wishes.inline_values, wishes.has_values),
    (wishes.alias_renamed_fields, wishes.has_renamed_fields),
]


def shape(document: dict[str, Any], fixes: list[tuple[Fix, Applies]] | None = None) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the shaped document and how many places each fix changed. Raises Failure."""
    shaped = copy.deepcopy(document)
    check_references(shaped)
    changes = {}
    for fix, applies in FIXES if fixes is None else fixes:
        if applies(shaped):
            changes[fix.__name__] = fix(shaped)
            if not changes[fix.__name__]:
                raise Failure(
                    f"fix {fix.__name__}", "changes nothing in this document any more", "remove it, or mend what it looks for"
                )
    check_references(shaped)
    _check_names(shaped)
    return shaped, changes


def counts(shaped: dict[str, Any]) -> dict[str, int]:
    """Return how many models, API classes and operations must come out."""
    operations = [operation for item in shaped["paths"].values() for operation in item.values()]
    return {
        "models": len(shaped["definitions"]),
        "apis": len({operation["tags"][0] if operation["tags"] else "" for operation in operations}),
        "operations": len(operations),
    }


def _check_names(shaped: dict[str, Any]) -> None:
    modules = Counter(snake(class_name(name)) for name in shaped["definitions"])
    for name in shaped["definitions"]:
        if modules[snake(class_name(name))] > 1:
            twins = [one for one in shaped["definitions"] if snake(class_name(one)) == snake(class_name(name))]
            raise Failure(
                f"model {class_name(name)}", f"two definitions have this name: {', '.join(twins)}", "rename one in the document"
            )
    methods = Counter(
        (tuple(operation["tags"]), operation["operationId"]) for item in shaped["paths"].values() for operation in item.values()
    )
    for (tags, name), count in methods.items():
        if count > 1:
            raise Failure(
                f"operation {name}", f"{count} operations of {', '.join(tags)} have this name", "rename one in the document"
            )
