"""One module a client; each is imported in that client's own environment and gives what its API can do."""
