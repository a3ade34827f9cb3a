"""One question a module: TITLE, CLIENTS, and `measure`, which runs in the environment of one client.

`measure(adapter, rounds, size)` returns {"seconds": […]} of one unit each, or {"bytes": n}; "json", if it is there, are
seconds of `json.loads` of the same bytes in the same process, in turn with the client's.
"""
