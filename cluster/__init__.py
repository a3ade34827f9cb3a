"""A real kube-apiserver for tests: built once per machine from Debian's source, run on loopback with throwaway secrets."""
